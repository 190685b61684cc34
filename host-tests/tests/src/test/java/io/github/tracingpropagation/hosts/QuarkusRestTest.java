// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

class QuarkusRestTest extends QuarkusContract {
  QuarkusRestTest() {
    super("quarkus-rest", "feature");
  }

  @Override
  String name() {
    return "Quarkus 3.33, Quarkus REST";
  }
}
