// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class QuarkusRestTest extends QuarkusContract {
  QuarkusRestTest() {
    super("quarkus-rest", "feature");
  }

  @Override
  String name() {
    return "Quarkus 3.33, Quarkus REST";
  }

  @Test
  @Order(4)
  void refusal_isLoggedOnce() {
    assertThat(warnings()).hasSize(1);
  }
}
