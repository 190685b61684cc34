// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

class QuarkusResteasyServletTest extends QuarkusContract {
  QuarkusResteasyServletTest() {
    super("quarkus-resteasy-servlet", "servlet filter above");
  }

  @Override
  String name() {
    return "Quarkus 3.33, classic RESTEasy on Undertow";
  }
}
