// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Scope;
import java.io.IOException;

// docs: smallest inbound
/** Captures the headers of each request of the JDK's HttpServer. */
final class CapturingFilter extends Filter {
  private final TracingPropagation propagation;

  CapturingFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  @SuppressWarnings("try") // the scope is only there to be closed
  public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
    InboundHeaders headers = InboundHeaders.of(exchange.getRequestHeaders().entrySet());
    try (Scope scope = propagation.capture(headers).makeCurrent()) {
      chain.doFilter(exchange);
    }
  }

  @Override
  public String description() {
    return "Captures the tracing headers";
  }
}
// docs: end
