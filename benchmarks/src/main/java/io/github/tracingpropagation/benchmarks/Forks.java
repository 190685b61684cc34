// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a benchmark at many points, round after round, each time in a JVM of its own. */
final class Forks {
  /** The same on every machine: the JVM would choose by its size. */
  private static final String[] JVM = {"-XX:+UseG1GC", "-Xms512m", "-Xmx512m"};

  /** What a fork needs to start a server and to stop it, about; only for the first estimate. */
  private static final double START_SECONDS = 1.5;

  private final Class<?> benchmark;
  private final Effort effort;
  private final Path log;
  private final PrintWriter out;

  /**
   * Prepares the runs.
   *
   * @param log gets what JMH and the servers say
   * @param out gets a line for each fork
   */
  Forks(Class<?> benchmark, Effort effort, Path log, PrintWriter out) {
    this.benchmark = benchmark;
    this.effort = effort;
    this.log = log;
    this.out = out;
  }

  /** Tells how it is measured. */
  String how() {
    return effort + "; java " + String.join(" ", JVM);
  }

  /** Returns one sample for each point and round. */
  Samples measure(List<Map<String, String>> points) throws IOException, RunnerException {
    int total = effort.rounds() * points.size();
    say(
        "%d forks, about %.0f minutes; JMH's own words go to %s%n",
        total, Math.ceil(total * (effort.seconds() + START_SECONDS) / 60), log);
    Files.createDirectories(log.toAbsolutePath().getParent());
    PrintStream errors = System.err;
    try (PrintStream words =
        new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      System.setErr(words); // where JMH puts what the servers in the forks log
      return measure(points, total, words);
    } finally {
      System.setErr(errors);
    }
  }

  private Samples measure(List<Map<String, String>> points, int total, PrintStream words)
      throws RunnerException {
    List<Sample> samples = new ArrayList<>();
    long start = System.nanoTime();
    for (int round = 1; round <= effort.rounds(); round++) {
      for (Map<String, String> point : points) {
        Sample sample = sample(round, point, words);
        samples.add(sample);
        double minutes = (System.nanoTime() - start) / 60e9;
        say(
            "[%d/%d] round %d, %s: %.0f ns, %.0f bytes; %.0f min left%n",
            samples.size(),
            total,
            round,
            String.join(" ", point.values()),
            sample.nanos(),
            sample.bytes(),
            minutes / samples.size() * (total - samples.size()));
      }
    }
    return new Samples(samples);
  }

  private void say(String format, Object... args) {
    out.printf(Locale.ROOT, format, args);
    out.flush();
  }

  private Sample sample(int round, Map<String, String> point, PrintStream words)
      throws RunnerException {
    RunResult result =
        new Runner(
                options(point), OutputFormatFactory.createFormatInstance(words, VerboseMode.NORMAL))
            .runSingle();
    return new Sample(
        round,
        point,
        median(result.getPrimaryResult()),
        median(requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))));
  }

  private Options options(Map<String, String> point) {
    OptionsBuilder options = new OptionsBuilder();
    point.forEach(options::param);
    return options
        .include("\\Q" + benchmark.getName() + "\\E\\..*")
        .forks(1)
        .jvmArgs(JVM)
        .warmupIterations(effort.warmups())
        .warmupTime(effort.warmup())
        .measurementIterations(effort.measurements())
        .measurementTime(effort.measurement())
        .timeout(TimeValue.minutes(1))
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class)
        .build();
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }
}
