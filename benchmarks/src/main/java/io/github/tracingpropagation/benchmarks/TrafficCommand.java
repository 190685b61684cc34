// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** End to end: a service that calls another, under load. */
@Command(
    name = "traffic",
    description = {
      "Loads a service that calls another, with this library and without it by turns: ratios,"
          + " medians and between which values the middle half is. With any of the options here"
          + " what comes out goes to benchmarks/target/results.",
      ""
    })
final class TrafficCommand implements Callable<Integer> {
  /** How many slices go before: the JIT compiler has to be through with both services. */
  private static final int WARM_UP = 8;

  private final RunCommand run;

  @Option(
      names = "--slices",
      paramLabel = "N",
      description = "How many for each of --connections, in each round (10 if not set).")
  private @Nullable Integer slices;

  @Option(names = "--seconds", description = "How long a slice is (2 if not set).")
  private @Nullable Double seconds;

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "N",
      description = "How many send requests at a time (1, 8 and 64 if not set).")
  private List<Integer> connections = List.of();

  TrafficCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() throws IOException {
    boolean exploring = slices != null || seconds != null || !connections.isEmpty();
    int number = Objects.requireNonNullElse(slices, run.isQuick() ? 2 : 10);
    double length = Objects.requireNonNullElse(seconds, run.isQuick() ? 0.05 : 2.0);
    List<Integer> loads = connections.isEmpty() ? List.of(1, 8, 64) : connections;
    if (number < 2 || number % 2 != 0 || length <= 0 || Collections.min(loads) < 1) {
      throw new IllegalArgumentException(
          "every number has to be positive, and that of --slices even");
    }
    int rounds = run.effort().rounds();
    Results results = exploring ? run.scratch() : run.results();
    try (Csv csv = Csv.create(results.csv("traffic"), TrafficRow.COLUMNS)) {
      for (int round = 1; round <= rounds; round++) {
        run(round, number, Duration.ofNanos((long) (length * 1e9)), loads, csv);
      }
    }
    results.describe(
        "traffic",
        String.format(
            "%s%d rounds of %d slices of %s s",
            run.isQuick() ? Effort.QUICK : "", rounds, number, length));
    run.out().println(new TrafficRatios(results.traffic()).table());
    return CommandLine.ExitCode.OK;
  }

  private void run(int round, int slices, Duration length, List<Integer> loads, Csv csv)
      throws IOException {
    Variant first = round % 2 == 0 ? Variant.WITH : Variant.WITHOUT;
    try (TrafficRound processes = new TrafficRound(first)) {
      for (int i = 0; i < WARM_UP; i++) {
        processes.run(first.turn(i), Collections.max(loads), length).check();
      }
      for (int load : loads) {
        for (int i = 0; i < slices; i++) {
          Slice slice = processes.run(first.turn(i), load, length);
          csv.row(
              round,
              i / 2 + 1,
              load,
              first.turn(i),
              slice.requests(),
              slice.seconds(),
              slice.requestsPerSecond(),
              slice.micros(50),
              slice.micros(99),
              slice.failures().size());
          slice.check();
        }
      }
      run.out().printf("traffic: round %d is done%n", round);
    }
  }
}
