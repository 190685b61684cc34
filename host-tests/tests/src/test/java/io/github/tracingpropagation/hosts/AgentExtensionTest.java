// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The core's jar as an extension of OpenTelemetry's agent, with the adapters in the application.
 * The agent loads the extension in its own class loader, so the two have different context keys.
 */
class AgentExtensionTest {
  private static final String REQUEST_ID = AgentProcess.INBOUND.get(0);

  private static AgentProcess process;

  @BeforeAll
  static void start() throws Exception {
    List<String> options = new ArrayList<>(Agent.OPENTELEMETRY.options());
    options.add("-Dotel.propagators=tracecontext,x-request-id");
    options.add(
        "-Dotel.javaagent.extensions="
            + HostProcess.built("agents/target/lib/tracing-propagation-0.1.0-SNAPSHOT.jar"));
    process = AgentProcess.start("agent-extension", options);
  }

  @AfterAll
  static void stop() throws Exception {
    process.stop();
  }

  @ParameterizedTest
  @ValueSource(strings = {"okhttp", "jdk", "jersey", "url-connection"})
  void client_sendsRequestIdOnce(String client) throws Exception {
    assertThat(process.sent(client)).containsOnlyOnce(REQUEST_ID).doesNotHaveDuplicates();
  }

  @Test
  void clientThatTheAgentDoesNotKnow_sendsRequestId() throws Exception {
    assertThat(process.sent("socket")).contains(REQUEST_ID);
  }

  @Test
  void blockThatForwardsNothing_doesNotReachTheExtension() throws Exception {
    assertThat(process.sent("nothing"))
        .hasSize(3)
        .contains(REQUEST_ID, "tracestate: mesh=in")
        .anyMatch(line -> line.startsWith("traceparent:"));
  }
}
