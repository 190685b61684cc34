// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

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
    Storm.Result result = new Storm(downstream()).sendMixed(uri("/settings/sync"));

    assertThat(result.statuses()).as("statuses; log: %s", log()).containsOnlyKeys(200);
    assertThat(result.forwarded()).as("headers to a forbidden host").isZero();
    assertThat(result.dropped()).isEqualTo(Storm.withHeaders());
  }
}
