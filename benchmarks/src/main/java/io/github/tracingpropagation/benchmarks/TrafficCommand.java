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
      "Loads a service that calls another, with this library, without it and with a hand-written"
          + " loop by turns: ratios, medians and between which values the middle half is. With any"
          + " of the options here what comes out goes to benchmarks/target/results.",
      ""
    })
final class TrafficCommand implements Callable<Integer> {
  /** How many cycles go before: the JIT compiler has to be through with each service. */
  private static final int WARM_UP = 30;

  /** How many cycles go before those of each load, which is another for threads and pools. */
  private static final int SETTLE = 10;

  private final RunCommand run;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      description =
          "How many slices each service has for each of --connections, in each round (20 if not set).")
  private @Nullable Integer cycles;

  @Option(names = "--seconds", description = "How long a slice is (0.5 if not set).")
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
    boolean exploring = cycles != null || seconds != null || !connections.isEmpty();
    int number = Objects.requireNonNullElse(cycles, run.isQuick() ? 2 : 20);
    double length = Objects.requireNonNullElse(seconds, run.isQuick() ? 0.05 : 0.5);
    List<Integer> loads = connections.isEmpty() ? List.of(1, 8, 64) : connections;
    if (number < 2 || length <= 0 || Collections.min(loads) < 1) {
      throw new IllegalArgumentException(
          "every number has to be positive, and that of --cycles at least 2");
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
            "%s%d rounds of %d cycles of slices of %s s",
            run.isQuick() ? Effort.QUICK : "", rounds, number, length));
    run.out().println(new TrafficRatios(results.traffic()).table());
    return CommandLine.ExitCode.OK;
  }

  private void run(int round, int cycles, Duration length, List<Integer> loads, Csv csv)
      throws IOException {
    try (TrafficRound processes = new TrafficRound()) {
      warmUp(processes, WARM_UP, Collections.max(loads), length);
      for (int load : loads) {
        warmUp(processes, SETTLE, load, length);
        for (int cycle = 1; cycle <= cycles; cycle++) {
          for (Variant variant : Variant.cycle(cycle)) {
            long compiled = processes.compiledMillis(variant);
            Slice slice = processes.run(variant, load, length);
            csv.row(
                round,
                cycle,
                load,
                variant,
                slice.requests(),
                slice.seconds(),
                slice.requestsPerSecond(),
                slice.micros(50),
                slice.micros(99),
                slice.failures().size(),
                processes.compiledMillis(variant) - compiled);
            slice.check();
          }
        }
      }
      run.out().printf("traffic: round %d is done%n", round);
    }
  }

  private void warmUp(TrafficRound processes, int cycles, int connections, Duration length)
      throws IOException {
    for (int cycle = 1; cycle <= (run.isQuick() ? 1 : cycles); cycle++) {
      for (Variant variant : Variant.cycle(cycle)) {
        processes.run(variant, connections, length).check();
      }
      processes.rest();
    }
  }
}
