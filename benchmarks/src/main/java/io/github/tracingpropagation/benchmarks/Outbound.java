// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.opentelemetry.context.propagation.TextMapSetter;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How a client's request is made.
 *
 * @param begin starts a request
 * @param setter sets a header, in place of any of that name
 * @param adder sets a header of which it is known that the request has none, as this library does
 * @param end sends the request, and returns it as it is sent
 * @param <C> the type of the request
 */
record Outbound<C>(
    Supplier<C> begin, TextMapSetter<C> setter, TextMapSetter<C> adder, Function<C, Object> end) {

  /** Returns one hop: a request arrives, and another one leaves with its headers. */
  Supplier<Object> hop(InboundRequest inbound, Contender contender) {
    return hop(inbound, contender.hop(this));
  }

  /** Returns one hop that forwards so. */
  Supplier<Object> hop(InboundRequest inbound, Hop<C> hop) {
    return () -> {
      C request = begin.get();
      return hop.send(inbound.arrive(), request, end);
    };
  }
}
