// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.net.URI;

/** The endpoint of an application that calls, on the port of the actuator. */
record Actuator(URI uri) implements RunningApplication {
  static Actuator at(String port) {
    return new Actuator(URI.create("http://127.0.0.1:" + port + "/actuator/calls"));
  }

  /** The application closes it. */
  @Override
  public void close() {}
}
