// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class QuarkusResteasyTest extends QuarkusContract {
  QuarkusResteasyTest() {
    super("quarkus-resteasy", "feature");
  }

  @Override
  String name() {
    return "Quarkus 3.33, classic RESTEasy";
  }

  /** Its {@code application.properties} sets {@code additional-headers}. */
  @Test
  @Order(2)
  void applicationsSettings_areUsed() {
    assertThat(output())
        .as("log: %s", log())
        .contains("application captures with TracingPropagation{")
        .contains("additional-headers=[x-tenant] (MicroProfile Config)");
  }
}
