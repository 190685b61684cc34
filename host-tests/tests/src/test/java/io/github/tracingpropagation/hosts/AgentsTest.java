// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An application with every adapter and a real agent: each family of headers is written by either
 * the library or the agent, no line twice, and {@code x-request-id} is forwarded.
 */
@ParameterizedClass
@EnumSource(Agent.class)
class AgentsTest {
  @Parameter private Agent agent;

  private static AgentProcess process;
  private static NewRelicCollector collector;

  @BeforeParameterizedClassInvocation
  static void start(Agent agent) throws Exception {
    assumeTrue(agent.startsOnThisJdk(), agent + " does not start on this JDK");
    List<String> options = new ArrayList<>(agent.options());
    if (agent == Agent.NEW_RELIC) {
      collector = NewRelicCollector.start();
      options.addAll(collector.options());
    }
    process = AgentProcess.start("agent-" + agent, options);
    if (agent == Agent.NEW_RELIC) {
      process.await(line -> line.startsWith("newrelic:"));
    }
  }

  @AfterParameterizedClassInvocation
  static void stop(Agent agent) throws Exception {
    if (!agent.startsOnThisJdk()) {
      return;
    }
    process.stop();
    if (agent == Agent.NEW_RELIC) {
      collector.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "okhttp",
        "okhttp-enqueue",
        "jdk",
        "jdk-wrapped",
        "apache",
        "apache-async",
        "reactor-netty",
        "grpc",
        "jersey",
        "jersey-async",
        "url-connection"
      })
  void client_sendsEachFamilyFromOneWriter(String client) throws Exception {
    List<String> received = process.sent(client);
    List<String> ours = agent.instruments(client) ? withoutWritten(received) : received;

    assertThat(ours)
        .containsExactlyInAnyOrderElementsOf(
            agent.hidesTheContextFrom(client) ? List.of() : notWrittenByAgent());
    if (agent.hidesTheContextFrom(client)) {
      assertThat(process.output())
          .containsOnlyOnce("No tracing headers are forwarded with calls within a span of Elastic");
    }
  }

  @Test
  void clientThatTheAgentDoesNotKnow_sendsWhatTheAgentDoesNotWrite() throws Exception {
    assertThat(process.sent("socket")).containsExactlyInAnyOrderElementsOf(notWrittenByAgent());
  }

  @Test
  void blockThatForwardsNothing_sendsWhatTheAgentWrites() throws Exception {
    assertThat(withoutWritten(process.sent("nothing"))).isEmpty();
  }

  @Test
  void start_logsWhatTheAgentWrites() {
    assertThat(process.output()).contains("which the agent of " + agent.vendor() + " writes");
  }

  /** Returns the inbound lines of the families of which the agent writes no header. */
  private List<String> notWrittenByAgent() {
    return AgentProcess.INBOUND.stream()
        .filter(
            line ->
                agent.written().stream()
                    .noneMatch(written -> family(written.pattern()).equals(family(line))))
        .toList();
  }

  private static String family(String line) {
    String name = line.substring(0, line.indexOf(':'));
    if (name.equals("b3") || name.startsWith("x-b3-")) {
      return "b3";
    }
    if (name.equals("traceparent") || name.equals("tracestate")) {
      return "w3c";
    }
    return name.startsWith("x-datadog-") ? "datadog" : name;
  }

  /** Removes one line for each pattern that the agent must have written. */
  private List<String> withoutWritten(List<String> received) {
    List<String> rest = new ArrayList<>(received);
    for (Pattern written : agent.written()) {
      Iterator<String> lines = rest.iterator();
      boolean found = false;
      while (!found && lines.hasNext()) {
        found = written.matcher(lines.next()).matches();
      }
      assertThat(found).as("%s in %s", written, received).isTrue();
      lines.remove();
    }
    return rest;
  }
}
