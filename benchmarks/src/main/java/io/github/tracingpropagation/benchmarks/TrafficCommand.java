// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** End to end: a service that calls another, under load. */
@Command(
    name = "traffic",
    showDefaultValues = true,
    description = {
      "Loads a service that calls another, with this library and without it by turns, and prints"
          + " the ratios: medians, and in parentheses between which values the middle half is.",
      ""
    })
final class TrafficCommand implements Callable<Integer> {
  /** How many slices go before: the JIT compiler has to be through with both services. */
  private static final int WARM_UP = 8;

  @Spec private @Nullable CommandSpec spec;

  @Option(names = "--rounds", description = "How often, each with fresh processes.")
  private int rounds = 6;

  @Option(names = "--slices", description = "How many for each of --connections, in each round.")
  private int slices = 10;

  @Option(names = "--seconds", description = "How long a slice is.")
  private double seconds = 2;

  @Option(names = "--connections", split = ",", description = "How many send requests at a time.")
  private List<Integer> connections = List.of(1, 8, 64);

  @Option(names = "--out", paramLabel = "FILE", description = "Where each slice goes, as a row.")
  private Path out = Path.of("results", "traffic.csv");

  private final TrafficRatios ratios = new TrafficRatios();

  /** Runs this command alone. */
  public static void main(String... args) {
    System.exit(new CommandLine(new TrafficCommand()).execute(args));
  }

  @Override
  public Integer call() {
    CommandLine commandLine = requireNonNull(spec).commandLine();
    if (rounds < 1
        || slices < 2
        || slices % 2 != 0
        || seconds <= 0
        || Collections.min(connections) < 1) {
      throw new ParameterException(
          commandLine, "Every number has to be positive, and that of --slices even");
    }
    try (Csv csv =
        Csv.create(
            out,
            "round",
            "pair",
            "connections",
            "variant",
            "requests",
            "seconds",
            "requests_per_second",
            "p50_us",
            "p99_us",
            "errors")) {
      for (int round = 1; round <= rounds; round++) {
        run(round, csv);
      }
    } catch (IOException e) {
      commandLine.getErr().println("traffic: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    ratios.print(commandLine.getOut());
    return CommandLine.ExitCode.OK;
  }

  private void run(int round, Csv csv) throws IOException {
    Variant first = round % 2 == 0 ? Variant.WITH : Variant.WITHOUT;
    Duration duration = Duration.ofNanos((long) (seconds * 1e9));
    try (TrafficRound processes = new TrafficRound(first)) {
      for (int i = 0; i < WARM_UP; i++) {
        processes.run(first.turn(i), Collections.max(connections), duration).check();
      }
      for (int number : connections) {
        List<Slice> done = new ArrayList<>();
        for (int i = 0; i < slices; i++) {
          Slice slice = processes.run(first.turn(i), number, duration);
          done.add(slice);
          csv.row(
              round,
              i / 2 + 1,
              number,
              first.turn(i),
              slice.requests(),
              slice.seconds(),
              slice.requestsPerSecond(),
              slice.micros(50),
              slice.micros(99),
              slice.failures().size());
          slice.check();
        }
        ratios.add(number, first, done);
      }
    }
  }
}
