// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.ClientResponseContext;
import jakarta.ws.rs.client.ClientResponseFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Forwards the captured headers. Runs last, to see what the application and a tracer have set. */
final class ClientFilter implements ClientRequestFilter, ClientResponseFilter {
  static final int PRIORITY = Integer.MAX_VALUE;

  /** The property that tells the context in which a call was made, if the engine tells it. */
  static final String CALLER = ClientFilter.class.getName() + ".caller";

  private final TracingPropagation propagation;

  ClientFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this one is none
  public void filter(ClientRequestContext request) {
    Context context = callerOf(request);
    if (CapturedHeaders.from(context).isEmpty()) {
      return;
    }
    MultivaluedMap<String, Object> headers = request.getHeaders();
    if (!propagation.destinations().includesAll()) {
      Redirects.takeOver(request, Set.copyOf(headers.keySet()));
    }
    propagation.inject(context, request.getUri(), headers.keySet(), headers, ClientFilter::put);
  }

  /** No name that the request has is among them, so none has to be looked up, as putSingle does. */
  private static void put(MultivaluedMap<String, Object> headers, String name, String value) {
    List<Object> values = new ArrayList<>(1);
    values.add(value);
    headers.put(name, values);
  }

  @Override
  public void filter(ClientRequestContext request, ClientResponseContext response) {
    Redirects.follow(request, response);
  }

  /** Returns the context of the thread that made the call, or else of this one. */
  static Context callerOf(ClientRequestContext request) {
    return request.getProperty(CALLER) instanceof Context caller ? caller : Context.current();
  }
}
