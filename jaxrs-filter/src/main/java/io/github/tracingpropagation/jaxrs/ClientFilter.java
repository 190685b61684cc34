// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import org.jspecify.annotations.Nullable;

/** Forwards the captured headers. Runs last, to see what the application and a tracer have set. */
final class ClientFilter implements ClientRequestFilter {
  static final int PRIORITY = Integer.MAX_VALUE;

  private final TracingPropagation propagation;

  ClientFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  public void filter(ClientRequestContext request) {
    propagation.inject(
        Context.current(),
        request.getUri(),
        request.getHeaders().keySet(),
        request,
        ClientFilter::set);
  }

  private static void set(@Nullable ClientRequestContext request, String name, String value) {
    if (request != null) {
      request.getHeaders().putSingle(name, value);
    }
  }
}
