// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs a benchmark at many points, round after round, each time in a JVM of its own. Points that
 * are to be compared are one heat: their forks run side by side, and take {@link Turns}.
 */
final class Forks {
  /** The same on every machine: the JVM would choose by its size. */
  private static final List<String> JVM = List.of("-XX:+UseG1GC", "-Xms256m", "-Xmx256m");

  /** What a fork needs to start a server and to stop it, about; only for the first estimate. */
  private static final double START_SECONDS = 1;

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

  /**
   * Takes one sample for each point and round.
   *
   * @param csv gets them after each heat
   */
  @SuppressWarnings("try") // a lock is only there to be held
  void measure(List<List<Map<String, String>>> heats, Path csv)
      throws IOException, RunnerException {
    int total = effort.rounds() * heats.stream().mapToInt(List::size).sum();
    say(
        "%d forks, about %.0f minutes; JMH's own words go to %s%n",
        total, Math.ceil(total * (effort.seconds() + START_SECONDS) / 60), log);
    Files.createDirectories(log.toAbsolutePath().getParent());
    PrintStream errors = System.err;
    try (FileChannel lock = lock();
        PrintStream words =
            new PrintStream(Files.newOutputStream(log), true, StandardCharsets.UTF_8)) {
      System.setErr(words); // where JMH puts what the servers in the forks log
      measure(heats, csv, total, words);
    } finally {
      System.setErr(errors);
    }
  }

  /** Takes JMH's lock for all forks, each of which would take it for itself. */
  private FileChannel lock() throws IOException {
    System.setProperty("jmh.ignoreLock", "true");
    Path file = Path.of(System.getProperty("java.io.tmpdir"), "jmh.lock");
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!effort.isQuick() && channel.tryLock() == null) {
      channel.close();
      throw new IOException("another benchmark is being run, and has locked " + file);
    }
    return channel;
  }

  private void measure(
      List<List<Map<String, String>>> heats, Path csv, int total, PrintStream words)
      throws IOException, RunnerException {
    List<Sample> samples = new ArrayList<>();
    long start = System.nanoTime();
    for (int round = 1; round <= effort.rounds(); round++) {
      for (List<Map<String, String>> heat : heats) {
        for (Sample sample : heat(round, heat, words)) {
          samples.add(sample);
          say(
              "[%d/%d] round %d, %s: %.0f ns, %.0f bytes%n",
              samples.size(),
              total,
              round,
              String.join(" ", sample.point().values()),
              sample.nanos(),
              sample.bytes());
        }
        new Samples(samples).write(csv);
        double minutes = (System.nanoTime() - start) / 60e9;
        say("%.0f minutes left%n", minutes / samples.size() * (total - samples.size()));
      }
    }
  }

  private void say(String format, Object... args) {
    out.printf(Locale.ROOT, format, args);
    out.flush();
  }

  private List<Sample> heat(int round, List<Map<String, String>> points, PrintStream words)
      throws IOException, RunnerException {
    ExecutorService executor = Executors.newFixedThreadPool(1 + points.size());
    try (Turns turns = new Turns(points.size())) {
      executor.execute(turns);
      List<Future<Sample>> forks = new ArrayList<>();
      for (Map<String, String> point : points) {
        forks.add(executor.submit(() -> sample(round, point, turns, words)));
      }
      List<Sample> samples = new ArrayList<>();
      for (Future<Sample> fork : forks) {
        samples.add(fork.get());
      }
      return samples;
    } catch (ExecutionException e) {
      throw new RunnerException(e.getCause());
    } catch (InterruptedException e) {
      throw new RunnerException(e);
    } finally {
      executor.shutdownNow();
    }
  }

  private Sample sample(int round, Map<String, String> point, Turns turns, PrintStream words)
      throws RunnerException {
    try {
      RunResult result =
          new Runner(
                  options(point, turns.port()),
                  OutputFormatFactory.createFormatInstance(words, VerboseMode.NORMAL))
              .runSingle();
      List<Double> nanos =
          result.getBenchmarkResults().stream()
              .flatMap(fork -> fork.getIterationResults().stream())
              .map(iteration -> iteration.getPrimaryResult().getScore())
              .toList();
      double bytes =
          requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
              .getStatistics()
              .getPercentile(50);
      return new Sample(round, point, nanos, bytes);
    } catch (RunnerException | RuntimeException e) {
      turns.close(); // or the other forks would wait for this one
      throw e;
    }
  }

  private Options options(Map<String, String> point, int turns) {
    OptionsBuilder options = new OptionsBuilder();
    point.forEach(options::param);
    return options
        .include("\\Q" + benchmark.getName() + "\\E\\..*")
        .forks(1)
        .jvmArgs(JVM.toArray(String[]::new))
        .jvmArgsAppend("-D" + InTurns.PORT + "=" + turns)
        .warmupIterations(effort.warmups())
        .warmupTime(effort.turn())
        .measurementIterations(effort.measurements())
        .measurementTime(effort.turn())
        .timeout(TimeValue.minutes(10)) // for the other forks as well
        .shouldFailOnError(true)
        .addProfiler(GCProfiler.class)
        .build();
  }
}
