// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;

/** Forwards the captured headers. Runs last, to see what the application and a tracer have set. */
final class ClientFilter implements ClientRequestFilter {
  static final int PRIORITY = Integer.MAX_VALUE;

  private final TracingPropagation propagation;

  ClientFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this one is none
  public void filter(ClientRequestContext request) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    propagation.inject(
        Context.current(), request.getUri(), headers.keySet(), headers, MultivaluedMap::putSingle);
  }
}
