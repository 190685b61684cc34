// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** In memory: what requests hold while they are under way, and after. */
@Command(
    name = "memory",
    description = {
      "Parks requests in a server, with this library and without it: what each of them holds of"
          + " the heap. With the option here what comes out goes to benchmarks/target/results.",
      ""
    })
final class MemoryCommand implements Callable<Integer> {
  private final RunCommand run;

  @Option(
      names = "--requests",
      paramLabel = "N",
      description = "How many are parked at a time (100,000 if not set).")
  private @Nullable Integer requests;

  MemoryCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() throws IOException {
    int number = Objects.requireNonNullElse(requests, run.isQuick() ? 500 : 100_000);
    if (number < 1) {
      throw new IllegalArgumentException("--requests " + number + ": has to be positive");
    }
    Results results = requests == null ? run.results() : run.scratch();
    try (Csv csv = Csv.create(results.csv("memory"), MemoryRow.COLUMNS)) {
      for (Arrival headers : List.of(Arrival.TYPICAL, Arrival.EVERY_PROVIDER)) {
        for (Variant variant : List.of(Variant.WITHOUT, Variant.WITH)) {
          measure(variant, headers, number, csv);
        }
      }
    }
    results.describe(
        "memory", (run.isQuick() ? Effort.QUICK : "") + number + " requests at a time");
    run.out().println(MemoryRow.table(results.memory()));
    return CommandLine.ExitCode.OK;
  }

  private static void measure(Variant variant, Arrival headers, int requests, Csv csv)
      throws IOException {
    Parked parked = Parked.measure(variant, headers, requests);
    csv.row(
        variant,
        headers.name().toLowerCase(Locale.ROOT),
        requests,
        parked.idle().bytes(),
        parked.parked().bytes(),
        parked.after().bytes(),
        parked.bytesPerRequest(),
        parked.parked().snapshots(),
        parked.answered().snapshots());
    parked.check(variant);
  }
}
