// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.Rule;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The contract of the hosts that run the Jakarta REST application of this module. */
abstract class JakartaRestHostContract extends HostContract {
  /** Returns the path under which the application is deployed, without a slash at its end. */
  abstract String root();

  /** Returns the rules that work without the context never breaks. */
  List<Rule> neverBroken() {
    return List.of(Rule.NOT_MIXED, Rule.NO_LEFTOVERS, Rule.ABSENT, Rule.HOSTILE);
  }

  /** The pool may share its threads with requests, whose context could still be current there. */
  @Test
  @Order(2)
  void taskOnTheHostsPool_seesNoHeadersOfAnotherRequest() throws Exception {
    assertMixesNothing("/host-pool");
  }

  /** A resource method that returns a stage, and calls again from its continuation. */
  @Test
  @Order(2)
  void continuationOfACall_seesNoHeadersOfAnotherRequest() throws Exception {
    assertMixesNothing("/stage");
  }

  private void assertMixesNothing(String asynchronous) throws Exception {
    for (Way way : ways()) {
      CheckReport report = check(way.sync().replace("/sync", asynchronous));

      assertThat(report.broken())
          .as("%s; log: %s", report, log())
          .doesNotContainAnyElementsOf(neverBroken());
    }
  }

  /** For hosts whose pool propagates no headers. */
  final void assertHostsPoolForwardsNothing() throws Exception {
    for (Way way : ways()) {
      assertForwardsNothing(way.sync().replace("/sync", "/host-pool"));
    }
  }

  /** Its client has no feature. */
  @Test
  @Order(2)
  void clientWithItsOwnExecutor_worksAndForwardsNothing() throws Exception {
    assertForwardsNothing(root() + "/own-executor");
  }

  final void assertForwardsNothing(String path) throws Exception {
    CheckReport report = check(path);

    assertThat(report.broken())
        .as("%s; log: %s", report, log())
        .containsExactlyElementsOf(FORWARDS_NOTHING);
  }
}
