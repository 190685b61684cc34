// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The bytes that a hop allocates, counted in a JVM that only interprets: a JIT removes allocations
 * of objects that do not escape, and how many differs from run to run.
 */
class AllocationTest {
  /**
   * A hop and its budget.
   *
   * @param bytes in excess of what the client alone allocates, at most
   */
  private record Budget(Server server, Arrival arrival, Contender contender, long bytes) {}

  private static final List<Budget> BUDGETS =
      List.of(
          new Budget(Server.TOMCAT, Arrival.TYPICAL, Contender.OURS, 200),
          new Budget(Server.JETTY, Arrival.TYPICAL, Contender.OURS, 200),
          new Budget(Server.TOMCAT, Arrival.TYPICAL, Contender.OURS_ZIPKIN, 200),
          // Without headers: the list of the container's headers and a scope, no snapshot or
          // context.
          new Budget(Server.TOMCAT, Arrival.NONE, Contender.OURS, 64),
          new Budget(Server.JETTY, Arrival.NONE, Contender.OURS, 64),
          new Budget(Server.TOMCAT, Arrival.NONE, Contender.OURS_FILTER, 200),
          new Budget(Server.JETTY, Arrival.NONE, Contender.OURS_FILTER, 200));

  @Test
  void hop_ofThisLibrary_staysWithinItsBudget() throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xint");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(AllocationProbe.class.getName());
    for (Budget budget : BUDGETS) {
      command.add(budget.server().name());
      command.add(budget.arrival().name());
      command.add(budget.contender().name());
    }
    Process probe =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(probe.waitFor()).isZero();
    List<Long> bytes = output.lines().map(Long::valueOf).toList();
    assertThat(bytes).hasSameSizeAs(BUDGETS);
    assertThat(BUDGETS)
        .zipSatisfy(
            bytes,
            (budget, used) -> assertThat(used).as("%s", budget).isBetween(1L, budget.bytes()));
  }
}
