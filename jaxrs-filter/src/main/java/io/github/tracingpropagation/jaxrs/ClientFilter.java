// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.OutboundRequest;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
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

  /** The request property that holds the captured headers of the caller, in Jersey. */
  static final String CALLERS_HEADERS = ClientFilter.class.getName() + ".callersHeaders";

  static final OnceLogger LOGGER = OnceLogger.of(TracingPropagationFeature.class);

  /** The clients, for the log. */
  static final String CLIENT = "a Jakarta REST client";

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
    RedirectCheck.Refusal refusal = redirects == null ? null : redirects.refusal(request);
    CapturedHeaders captured =
        request.getProperty(CALLERS_HEADERS) instanceof CapturedHeaders callers
            ? callers
            : CallersHeaders.of(request, propagation);
    if (refusal != null) {
      if (!captured.isEmpty()) {
        LOGGER.mayReachOtherHost(propagation, CLIENT, refusal.cause(), refusal.remedy());
      }
    } else if (mayShareHeaders) {
      forwardOnFirstExecution(captured, request);
    } else if (!captured.isEmpty()) {
      propagation.inject(captured, new ClientRequest(request, null));
    }
  }

  private void forwardOnFirstExecution(CapturedHeaders captured, ClientRequestContext request) {
    MultivaluedMap<String, Object> headers = request.getHeaders();
    synchronized (headers) { // all executions of an Invocation have the same map
      Map<String, String> added = InvocationReuse.begin(request, headers);
      if (captured.isEmpty()) {
        return;
      }
      if (added == null) {
        LOGGER.notForwarded(
            propagation,
            CLIENT,
            "an Invocation is executed more than once, and its executions may share their headers",
            "Build a new Invocation for each call.");
      } else {
        propagation.inject(captured, new ClientRequest(request, added));
      }
    }
  }

  /**
   * A request for the core.
   *
   * @param added also gets each header that is set; null for none
   */
  private record ClientRequest(ClientRequestContext request, @Nullable Map<String, String> added)
      implements OutboundRequest {
    @Override
    public @Nullable String host() {
      return OutboundRequest.hostOf(request.getUri());
    }

    @Override
    public @Nullable String hostHeader() {
      return request.getHeaderString(HttpHeaders.HOST);
    }

    @Override
    public Iterable<String> headerNames() {
      return request.getHeaders().keySet();
    }

    /** Cheaper than {@code putSingle}, which looks the name up: only absent names are set. */
    @Override
    public void setHeader(String name, String value) {
      List<Object> values = new ArrayList<>(1);
      values.add(value);
      request.getHeaders().put(name, values);
      if (added != null) {
        added.put(name, value);
      }
    }
  }
}
