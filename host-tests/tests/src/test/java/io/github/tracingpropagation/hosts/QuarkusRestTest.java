// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.CheckResult;
import io.github.tracingpropagation.check.Rule;
import io.github.tracingpropagation.testing.Docs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The module for Quarkus REST; its application tests more ways of calling. */
class QuarkusRestTest extends HostContract {
  @Override
  String name() {
    return "Quarkus 3.33, Quarkus REST";
  }

  @Override
  List<Way> ways() {
    return List.of(
        new Way("`tracing-propagation-quarkus-rest`, its REST client", "/sync", "/async"),
        new Way("`tracing-propagation-quarkus-rest`, JDK's client", "/jdk", "/jdk-worker"));
  }

  @Override
  List<String> command(int port) {
    return QuarkusContract.command("quarkus-rest", port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/blocking-uni", "/memoized", "/fault-tolerance/bulkhead-uni"})
  @Order(2)
  void chains_keepEveryRuleUnderLoad(String path) throws Exception {
    CheckReport report = check(path);

    assertThat(report.broken()).as("%s; log: %s", report, log()).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  /** The feature of Jakarta REST is there, too. */
  @Test
  @Order(4)
  void feature_registersNothingAndNamesTheModule() {
    assertThat(warnings())
        .singleElement()
        .asString()
        .contains("Quarkus REST", "tracing-propagation-quarkus-rest");
  }

  /**
   * Here, because the worker threads are of another class than in Quarkus' tests. JDK 17 has no
   * virtual threads, so Quarkus would log that it was asked for one.
   */
  @Test
  @Order(4)
  void blockingMethod_takesNoVirtualThread() {
    assertThat(output()).doesNotContain("virtual threads");
  }

  @Test
  @Order(4)
  void settings_areLoggedOnce() {
    assertThat(output().lines().filter(line -> line.contains("Quarkus captures and forwards with")))
        .hasSize(1);
  }

  @Test
  @Order(4)
  void docs_showTheApplication() throws Exception {
    Path sources =
        Path.of("../quarkus-rest/src/main/java/io/github/tracingpropagation/hosts/quarkus");
    Docs.assertShows("quarkus rest", sources.resolve("ServerResource.java"));
    Docs.assertShows("quarkus inject", sources.resolve("ClientsResource.java"));
    Docs.assertShows("quarkus guard", sources.resolve("FaultTolerantResource.java"));
    Docs.assertShows("quarkus future", sources.resolve("ChainsResource.java"));
  }
}
