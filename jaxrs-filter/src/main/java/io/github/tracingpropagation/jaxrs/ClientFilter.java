// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the captured headers.
 *
 * <p>If {@code forwardTo} names hosts, {@link RedirectCheck} disables redirects for every request,
 * also for one that forwards nothing: whether an application receives a redirect as the response
 * must not depend on the headers that happened to arrive.
 */
final class ClientFilter implements ClientRequestFilter {
  /** Runs after all other filters, to see the headers that the application and a tracer set. */
  static final int PRIORITY = Integer.MAX_VALUE;

  /** The request property that holds the context of the caller, in Jersey. */
  static final String CALLER_CONTEXT = ClientFilter.class.getName() + ".callerContext";

  private final TracingPropagation propagation;

  /** Null if the headers may go to any host. */
  private final @Nullable RedirectCheck redirects;

  /** Whether the executions of one {@code Invocation} may share a map of headers. */
  private final boolean mayShareHeaders;

  ClientFilter(TracingPropagation propagation, Engine engine) {
    this.propagation = propagation;
    redirects = propagation.destinations().includesAll() ? null : RedirectCheck.of(engine);
    mayShareHeaders = engine != Engine.JERSEY && engine != Engine.CXF;
  }

  @Override
  public void filter(ClientRequestContext request) {
    String reason = redirects == null ? null : redirects.reasonNotToForward(request);
    Context context =
        request.getProperty(CALLER_CONTEXT) instanceof Context caller
            ? caller
            : CallersContext.of(request);
    boolean nothing = CapturedHeaders.from(context).isEmpty();
    if (reason != null) {
      if (!nothing) {
        OnceLogger.warnNotForwarded(reason);
      }
    } else if (mayShareHeaders) {
      forwardOnFirstExecution(context, request, nothing);
    } else if (!nothing) {
      MultivaluedMap<String, Object> headers = request.getHeaders();
      propagation.inject(context, request.getUri(), headers.keySet(), headers, ClientFilter::put);
    }
  }

  private void forwardOnFirstExecution(
      Context context, ClientRequestContext request, boolean nothing) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    synchronized (headers) { // all executions of an Invocation have the same map
      Map<String, String> added = InvocationReuse.begin(request, headers);
      if (added == null) {
        if (!nothing) {
          OnceLogger.warnNotForwarded(
              "an Invocation is executed more than once, and its executions may share their"
                  + " headers. Build a new Invocation for each call.");
        }
      } else if (!nothing) {
        propagation.inject(
            context,
            request.getUri(),
            headers.keySet(),
            headers,
            (to, name, value) -> {
              put(to, name, value);
              added.put(name, value);
            });
      }
    }
  }

  /** Cheaper than {@code putSingle}, which looks the name up: inject sets only absent names. */
  @SuppressWarnings("NullAway") // TextMapSetter allows a null carrier; this one is not null
  private static void put(
      @Nullable MultivaluedMap<String, Object> headers, String name, String value) {
    List<Object> values = new ArrayList<>(1);
    values.add(value);
    headers.put(name, values);
  }
}
