// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "hop",
    description = {
      "Measures one hop: a request has arrived, and another leaves with its tracing headers."
          + " With any of the filters every combination of the chosen values is measured, and what"
          + " comes out goes to benchmarks/target/results.",
      ""
    })
final class HopCommand implements Callable<Integer> {
  private static final String VALUES = "Any of ${COMPLETION-CANDIDATES}.";

  private final RunCommand run;

  @Option(names = "--server", split = ",", paramLabel = "NAME", description = VALUES)
  private List<Server> servers = List.of();

  @Option(names = "--arrival", split = ",", paramLabel = "NAME", description = VALUES)
  private List<Arrival> arrivals = List.of();

  @Option(names = "--client", split = ",", paramLabel = "NAME", description = VALUES)
  private List<Client> clients = List.of();

  @Option(names = "--contender", split = ",", paramLabel = "NAME", description = VALUES)
  private List<Contender> contenders = List.of();

  HopCommand(RunCommand run) {
    this.run = run;
  }

  @Override
  public Integer call() throws Exception {
    boolean narrow = !(servers.isEmpty() && arrivals.isEmpty() && clients.isEmpty());
    List<HopCase> cases =
        narrow
            ? HopCase.all(
                or(servers, Server.values()),
                or(arrivals, Arrival.values()),
                or(clients, Client.values()))
            : HopCase.full();
    run.measure(
        "hop",
        HopBenchmark.class,
        cases.stream().map(one -> one.points(or(contenders, Contender.values()))).toList(),
        narrow || !contenders.isEmpty());
    return CommandLine.ExitCode.OK;
  }

  private static <E> List<E> or(List<E> chosen, E[] all) {
    return chosen.isEmpty() ? List.of(all) : chosen;
  }
}
