// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Map;
import org.eclipse.jetty.server.RequestLog;

/**
 * Where and how a service runs. Threads may share it.
 *
 * @param port 0 for any free port
 * @param environment the variables of bookinfo's service
 * @param propagation what to capture and forward
 * @param log called with each HTTP request after its response
 */
public record ServerSettings(
    String host,
    int port,
    Environment environment,
    TracingPropagation propagation,
    RequestLog log) {
  /** Returns settings for any free port of the loopback address, without variables and log. */
  public static ServerSettings local(TracingPropagation propagation) {
    return new ServerSettings(
        Service.LOOPBACK, 0, new Environment(Map.of()), propagation, (request, response) -> {});
  }
}
