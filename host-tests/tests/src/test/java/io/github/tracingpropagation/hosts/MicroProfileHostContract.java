// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** A host of {@link WarHostContract} with MicroProfile Config. */
abstract class MicroProfileHostContract extends WarHostContract {
  /**
   * The application's {@code microprofile-config.properties} has a {@code forward-to} elsewhere.
   */
  @Test
  @Order(2)
  void settings_ofTheApplicationAreInForce() throws Exception {
    awaitAnswer("/settings/sync");
    Storm.Result result = new Storm(downstream()).blow(uri("/settings/sync"));

    assertThat(result.statuses()).as("statuses; log: %s", log()).containsOnlyKeys(200);
    assertThat(result.forwarded()).as("headers to a host that may not have them").isZero();
    assertThat(result.dropped()).isEqualTo(Storm.withHeaders());
  }
}
