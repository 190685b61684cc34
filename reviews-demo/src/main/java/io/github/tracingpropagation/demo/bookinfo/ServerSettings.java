// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where and how a service runs. Threads may share it.
 *
 * @param host the address that it listens on
 * @param port 0 for any free port
 * @param environment the variables of bookinfo's service
 * @param propagation what to capture and forward
 * @param served called with each request after its response
 */
public record ServerSettings(
    String host,
    int port,
    Environment environment,
    TracingPropagation propagation,
    Consumer<ServedRequest> served) {
  /** Returns settings for any free port of the loopback address. */
  public static ServerSettings local(
      Map<String, String> variables,
      TracingPropagation propagation,
      Consumer<ServedRequest> served) {
    return new ServerSettings(Service.LOOPBACK, 0, new Environment(variables), propagation, served);
  }
}
