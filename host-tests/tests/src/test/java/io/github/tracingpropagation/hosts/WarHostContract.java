// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The contract of a server that runs all web applications of {@code host-tests/war}. */
abstract class WarHostContract extends JakartaRestHostContract {
  @Override
  List<Way> ways() {
    return List.of(
        new Way("feature, its client", "/feature/sync", "/feature/async"),
        new Way("servlet filter above, its client", "/filter/sync", "/filter/async"));
  }

  @Override
  String root() {
    return "/feature";
  }

  /** Its {@code ManagedExecutorService}. */
  @Override
  @Test
  @Order(2)
  void taskOnTheHostsPool_seesNoHeadersOfAnotherRequest() throws Exception {
    assertHostsPoolForwardsNothing();
  }

  /** The same pool, which unwrapped forwards nothing. */
  @Test
  @Order(2)
  void wrappedTaskOnTheHostsPool_forwardsTheHeadersOfItsRequest() throws Exception {
    Way way = ways().get(1);
    CheckReport report = checkUnderLoad(way, "/filter/wrapped-host-pool");

    assertThat(isForwarded(way, report)).as("%s; log: %s", report, log()).isTrue();
  }

  /** Returns the common prefix of the paths of the web applications. */
  static String wars() {
    HostProcess.built("war/target/tracing-propagation-host-war-0.1.0-SNAPSHOT.war");
    return HostProcess.built("war/target") + "/tracing-propagation-host-war-0.1.0-SNAPSHOT";
  }
}
