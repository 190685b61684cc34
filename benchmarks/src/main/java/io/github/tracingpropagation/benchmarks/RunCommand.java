// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

@Command(
    name = "run",
    description = {
      "Measures what forwarding costs, beside the other ways to do it, and puts the results into"
          + " benchmarks/results and benchmarks/README.md. Without a command: everything.",
      ""
    },
    footer = {
      "",
      "Exit status: 0 if all went well; 1 if a measurement failed; 2 if an option is wrong."
    })
final class RunCommand implements Callable<Integer> {
  private final Path module;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and end.")
  @SuppressWarnings("unused") // picocli looks at it
  private boolean help;

  @Option(
      names = "--quick",
      scope = ScopeType.INHERIT,
      description =
          "Only see that everything works: one short round. What comes out goes to"
              + " benchmarks/target/results and means nothing.")
  private boolean quick;

  @Option(
      names = "--rounds",
      scope = ScopeType.INHERIT,
      paramLabel = "N",
      description = "How often each case is measured, at least 3 (5 if not set).")
  private @Nullable Integer rounds;

  RunCommand(Path module) {
    this.module = module;
  }

  @Override
  public Integer call() throws Exception {
    effort(); // so that a wrong option fails at once
    for (CommandLine command : commandLine().getSubcommands().values()) {
      ((Callable<?>) command.getCommand()).call();
    }
    return CommandLine.ExitCode.OK;
  }

  /** Returns how long to measure. */
  Effort effort() {
    int wanted = rounds == null ? (quick ? 1 : 5) : rounds;
    int least = quick ? 1 : 3;
    if (wanted < least) {
      throw new IllegalArgumentException(
          "--rounds " + wanted + ": at least " + least + (quick ? "" : ", or --quick"));
    }
    return quick ? Effort.quick(wanted) : Effort.full(wanted);
  }

  /**
   * Runs a benchmark, and keeps its results.
   *
   * @param exploring keeps them out of the repository
   */
  void measure(
      String program, Class<?> benchmark, List<List<Map<String, String>>> heats, boolean exploring)
      throws IOException, RunnerException {
    Forks forks =
        new Forks(benchmark, effort(), module.resolve("target/" + program + ".log"), out());
    Results results = exploring ? scratch() : results();
    forks.measure(heats, results.csv(program));
    results.describe(program, forks.how());
  }

  boolean isQuick() {
    return quick;
  }

  /** Returns the results in the repository, unless this run is quick. */
  Results results() {
    return quick ? scratch() : new Results(module.resolve("results"));
  }

  /** Returns the results that nobody commits. */
  Results scratch() {
    return new Results(module.resolve("target/results"));
  }

  /** Returns the README into which the results go, the last ones or these. */
  Path template() {
    return module.resolve("README.md");
  }

  Path readme() {
    return quick ? scratch().directory().resolve("README.md") : template();
  }

  PrintWriter out() {
    return commandLine().getOut();
  }

  private CommandLine commandLine() {
    return requireNonNull(spec).commandLine();
  }
}
