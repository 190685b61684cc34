// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The contract of a host with MicroProfile Config. */
abstract class MicroProfileHostContract extends WarHostContract {
  /**
   * The application's {@code microprofile-config.properties} sets {@code forward-to} to another
   * host.
   */
  @Test
  @Order(2)
  void applicationsSettings_areUsed() throws Exception {
    awaitAnswer("/settings/sync");

    assertForwardsNothing("/settings/sync");
  }
}
