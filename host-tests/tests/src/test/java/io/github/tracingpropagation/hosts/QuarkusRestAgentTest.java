// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.CheckResult;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.PropagationCheckBuilder;
import io.github.tracingpropagation.check.Provider;
import io.github.tracingpropagation.check.Rule;
import io.github.tracingpropagation.testing.Ports;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The module for Quarkus REST beside OpenTelemetry's agent, with which threads without a span have
 * the root context.
 */
class QuarkusRestAgentTest {
  @Test
  void besideTheTraceOfTheAgent_keepsEveryRule() throws Exception {
    // One request at a time: under load the agent itself writes the trace of another request into a
    // later call of a chain, once in some 10,000 calls.
    CheckReport report =
        check("/uni", options -> options.skip(Rule.NOT_MIXED, Rule.NOT_LOST, Rule.NO_LEFTOVERS));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sync", "/uni"})
  void besideTheContextOfTheAgent_keepsEveryRuleUnderLoad(String path) throws Exception {
    CheckReport report = check(path, options -> options.requests(400), "-Dotel.propagators=none");

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  private static CheckReport check(
      String path, UnaryOperator<PropagationCheckBuilder> options, String... agent)
      throws Exception {
    int port = Ports.free();
    List<String> command = new ArrayList<>(QuarkusContract.command("quarkus-rest", port));
    command.addAll(1, Agent.OPENTELEMETRY.options());
    command.addAll(1, List.of(agent));
    try (PropagationCheck check =
        options.apply(PropagationCheck.builder().providers(Provider.ZIPKIN)).start()) {
      HostProcess host =
          HostProcess.start(
              "quarkus-rest-agent", command, Map.of("DOWNSTREAM", check.uri() + "/called"));
      try {
        URI uri = URI.create("http://127.0.0.1:" + port + path);
        host.awaitAnswer(URI.create(uri + "?n=0"));
        return check.check(uri + "?n={n}");
      } finally {
        host.stop();
      }
    }
  }
}
