// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.check.Rule;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Its Jersey and its client, with its own tracer between the servlet filter and a resource. */
class PayaraTest extends MicroProfileHostContract {
  @Override
  String name() {
    return "Payara Micro 6";
  }

  /**
   * Without {@code HOSTILE}: its server refuses requests with such values. A call of an earlier
   * request that arrives meanwhile, and lacks the headers, would count as theirs.
   */
  @Override
  List<Rule> neverBroken() {
    return List.of(Rule.NOT_MIXED, Rule.NO_LEFTOVERS, Rule.ABSENT);
  }

  @Override
  List<String> command(int port) {
    return List.of(
        HostProcess.java(),
        "-jar",
        HostProcess.built("payara/target/payara-micro.jar").toString(),
        "--unpackdir",
        HostProcess.built("payara/target") + "/runtime",
        "--nohazelcast",
        "--disablephonehome",
        "--prebootcommandfile",
        HostProcess.built("payara/src/main/server/boot.txt").toString(),
        "--port",
        Integer.toString(port),
        "--deploy",
        wars() + ".war:feature",
        "--deploy",
        wars() + "-filter.war:filter",
        "--deploy",
        wars() + "-settings.war:settings",
        "--deploy",
        wars() + "-filter-alone.war:filter-alone");
  }

  /** Its tracer replaces the context before a resource runs. */
  @Test
  @Order(2)
  void servletFilterWithoutTheFeature_forwardsNothingFromAResource() throws Exception {
    awaitAnswer("/filter-alone/sync");

    assertForwardsNothing("/filter-alone/sync");
  }
}
