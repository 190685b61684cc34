// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.CheckResult;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.Provider;
import io.github.tracingpropagation.check.Rule;
import io.github.tracingpropagation.testing.Ports;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The module for Quarkus REST beside OpenTelemetry's agent, with which threads without a span have
 * the root context. Not in chains that another request completes: there the agent writes the
 * other's trace.
 */
class QuarkusRestAgentTest {
  private static PropagationCheck check;
  private static HostProcess host;
  private static String base;

  @BeforeAll
  static void start() throws Exception {
    check = PropagationCheck.builder().providers(Provider.ZIPKIN).requests(400).start();
    int port = Ports.free();
    base = "http://127.0.0.1:" + port;
    List<String> command = new ArrayList<>(QuarkusContract.command("quarkus-rest", port));
    command.addAll(1, Agent.OPENTELEMETRY.options());
    host =
        HostProcess.start(
            "quarkus-rest-agent", command, Map.of("DOWNSTREAM", check.uri() + "/called"));
    host.awaitAnswer(URI.create(base + "/sync?n=0"));
  }

  @AfterAll
  static void stop() throws Exception {
    host.stop();
    check.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/sync", "/uni"})
  void eachWay_keepsEveryRuleUnderLoad(String path) throws Exception {
    CheckReport report = check.check(base + path + "?n={n}");

    assertThat(report.broken()).as("%s; log: %s", report, host.log()).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }
}
