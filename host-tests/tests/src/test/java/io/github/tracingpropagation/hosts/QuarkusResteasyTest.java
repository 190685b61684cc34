// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

class QuarkusResteasyTest extends QuarkusContract {
  QuarkusResteasyTest() {
    super("quarkus-resteasy", "feature");
  }

  @Override
  String name() {
    return "Quarkus 3.33, classic RESTEasy";
  }
}
