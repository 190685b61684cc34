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

/**
 * The module for Quarkus REST beside OpenTelemetry's agent, with which threads without a span have
 * the root context.
 */
class QuarkusRestAgentTest {
  @Test
  void besideTheTraceOfTheAgent_keepsEveryRule() throws Exception {
    // One request at a time: under load the agent itself writes the trace of another request into a
    // later call of a chain, once in some 10,000 calls.
    check(
        options -> options.skip(Rule.NOT_MIXED, Rule.NOT_LOST, Rule.NO_LEFTOVERS),
        List.of(),
        "/uni");
  }

  @Test
  void besideTheContextOfTheAgent_keepsEveryRuleUnderLoad() throws Exception {
    assertThat(
            check(
                options -> options.requests(400),
                List.of("-Dotel.propagators=none"),
                "/sync",
                "/uni"))
        .extracting(report -> report.result(Rule.NOT_MIXED).outcome())
        .containsOnly(CheckResult.Outcome.KEPT);
  }

  /** Checks paths of one process, of which none breaks a rule. */
  private static List<CheckReport> check(
      UnaryOperator<PropagationCheckBuilder> options, List<String> agent, String... paths)
      throws Exception {
    int port = Ports.free();
    List<String> command = new ArrayList<>(QuarkusContract.command("quarkus-rest", port));
    command.addAll(1, Agent.OPENTELEMETRY.options());
    command.addAll(1, agent);
    try (PropagationCheck check =
        options.apply(PropagationCheck.builder().providers(Provider.ZIPKIN)).start()) {
      HostProcess host =
          HostProcess.start(
              "quarkus-rest-agent", command, Map.of("DOWNSTREAM", check.uri() + "/called"));
      try {
        List<CheckReport> reports = new ArrayList<>();
        for (String path : paths) {
          String uri = "http://127.0.0.1:" + port + path;
          host.awaitAnswer(URI.create(uri + "?n=0"));
          CheckReport report = check.check(uri + "?n={n}");
          assertThat(report.broken()).as("%s: %s", path, report).isEmpty();
          reports.add(report);
        }
        return reports;
      } finally {
        host.stop();
      }
    }
  }
}
