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
 * Forwards the captured headers. Runs last, to see what the application and a tracer have set.
 *
 * <p>Once hosts are named, following is switched off for every request, whether or not it forwards
 * anything: what an application gets does not depend on the headers that happened to arrive.
 */
final class ClientFilter implements ClientRequestFilter {
  static final int PRIORITY = Integer.MAX_VALUE;

  /** The property that holds the context in which a call was made, if the engine provides it. */
  static final String CALLER = ClientFilter.class.getName() + ".caller";

  private final TracingPropagation propagation;

  /** Null if any host may have the headers. */
  private final @Nullable RedirectCheck redirects;

  /** Whether each use of a request has headers of its own. */
  private final boolean ownHeaders;

  ClientFilter(TracingPropagation propagation, Engine engine) {
    this.propagation = propagation;
    redirects = propagation.destinations().includesAll() ? null : RedirectCheck.of(engine);
    ownHeaders = engine == Engine.JERSEY || engine == Engine.CXF;
  }

  @Override
  public void filter(ClientRequestContext request) {
    String obstacle = redirects == null ? null : redirects.obstacle(request);
    Context context =
        request.getProperty(CALLER) instanceof Context caller ? caller : Context.current();
    boolean nothing = CapturedHeaders.from(context).isEmpty();
    if (obstacle != null) {
      if (!nothing) {
        Once.refused(obstacle);
      }
    } else if (!ownHeaders) {
      forwardOnce(context, request, nothing);
    } else if (!nothing) {
      MultivaluedMap<String, Object> headers = request.getHeaders();
      propagation.inject(context, request.getUri(), headers.keySet(), headers, ClientFilter::put);
    }
  }

  private void forwardOnce(Context context, ClientRequestContext request, boolean nothing) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    synchronized (headers) { // the same for all uses of an Invocation
      Map<String, String> added = Reuse.begin(request, headers);
      if (added == null) {
        if (!nothing) {
          Once.refused("An Invocation is used again, maybe at once: build one for each call");
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

  /** No name that the request has is among them, so none has to be looked up, as putSingle does. */
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; this one is none
  private static void put(
      @Nullable MultivaluedMap<String, Object> headers, String name, String value) {
    List<Object> values = new ArrayList<>(1);
    values.add(value);
    headers.put(name, values);
  }
}
