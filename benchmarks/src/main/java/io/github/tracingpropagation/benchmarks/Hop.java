// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Function;

/**
 * Forwards the tracing headers.
 *
 * @param <C> the type of the outgoing request
 */
@FunctionalInterface
interface Hop<C> {
  void forward(HttpServletRequest inbound, C outbound);

  /** Forwards the headers, then sends the request. Returns the request that is sent. */
  default Object send(HttpServletRequest inbound, C outbound, Function<C, Object> client) {
    forward(inbound, outbound);
    return client.apply(outbound);
  }
}
