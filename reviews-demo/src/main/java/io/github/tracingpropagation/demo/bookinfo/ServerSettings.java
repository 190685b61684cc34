// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Map;
import org.eclipse.jetty.server.RequestLog;

/** Where and how a service runs; the port 0 is any free one. Threads may share it. */
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
