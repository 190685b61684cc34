// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** In memory: what requests hold while they are under way, and after. */
@Command(
    name = "memory",
    showDefaultValues = true,
    description = {
      "Parks requests in a server, with this library and without it, and prints what each of them"
          + " holds of the heap.",
      ""
    })
final class MemoryCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--requests", description = "How many are parked at a time.")
  private int requests = 100_000;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where each measurement goes, as a row.")
  private Path out = Path.of("results", "memory.csv");

  /** Runs this command alone. */
  public static void main(String... args) {
    System.exit(new CommandLine(new MemoryCommand()).execute(args));
  }

  @Override
  public Integer call() {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    if (requests < 1) {
      throw new ParameterException(commandLine, "--requests has to be positive");
    }
    try (Csv csv =
        Csv.create(
            out,
            "variant",
            "headers",
            "requests",
            "idle_bytes",
            "parked_bytes",
            "after_bytes",
            "bytes_per_request",
            "snapshots_parked",
            "snapshots_after")) {
      for (Arrival headers : List.of(Arrival.TYPICAL, Arrival.EVERY_PROVIDER)) {
        run(headers, csv, commandLine.getOut());
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      commandLine.getErr().println("memory: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private void run(Arrival headers, Csv csv, PrintWriter out) throws IOException {
    Parked without = measure(Variant.WITHOUT, headers, csv);
    Parked with = measure(Variant.WITH, headers, csv);
    out.printf(
        Locale.ROOT,
        "%s: a request holds %.0f bytes without the library, %.0f with it: %.0f more;"
            + " %d snapshots while parked, %d after%n",
        headers,
        without.bytesPerRequest(),
        with.bytesPerRequest(),
        with.bytesPerRequest() - without.bytesPerRequest(),
        with.parked().snapshots(),
        with.answered().snapshots());
  }

  private Parked measure(Variant variant, Arrival headers, Csv csv) throws IOException {
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
    return parked;
  }
}
