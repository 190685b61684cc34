// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "growth",
    description = {
      "Measures how the cost of a hop grows with the number of inbound headers, and of watched"
          + " names. With the filter what comes out goes to benchmarks/target/results.",
      ""
    })
final class GrowthCommand implements Callable<Integer> {
  private final RunCommand run;

  @Option(
      names = "--server",
      split = ",",
      paramLabel = "NAME",
      description = "Any of ${COMPLETION-CANDIDATES}.")
  private List<Server> servers = List.of();

  GrowthCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    run.measure(
        "growth",
        GrowthBenchmark.class,
        Growth.heats(servers.isEmpty() ? Growth.SERVERS : servers),
        !servers.isEmpty());
    return CommandLine.ExitCode.OK;
  }
}
