// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

@Command(
    name = "report",
    description = {
      "Puts the tables of benchmarks/results into benchmarks/README.md, and draws the plots. With"
          + " --quick it does so in benchmarks/target/results, with what is there.",
      ""
    })
final class ReportCommand implements Callable<Integer> {
  private final RunCommand run;

  ReportCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    Results results = run.results();
    Map<String, String> plots = Report.plots(results);
    String readme = Report.fill(Files.readString(run.template()), results);
    for (Map.Entry<String, String> plot : plots.entrySet()) {
      Files.writeString(results.directory().resolve(plot.getKey()), plot.getValue());
    }
    Path file = run.readme();
    Files.writeString(file, readme);
    run.out().println("The tables are in " + file + ".");
    return CommandLine.ExitCode.OK;
  }
}
