// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.OutboundRequest;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import org.jspecify.annotations.Nullable;

/** Forwards the caller's headers. Runs last: a tracer and a load balancer have done their part. */
@Provider
@Priority(Integer.MAX_VALUE)
public final class ForwardingFilter implements ClientRequestFilter {
  private static final OnceLogger LOGGER = OnceLogger.of(ForwardingFilter.class);

  @Inject TracingPropagation propagation; // not in a client of classic RESTEasy

  /** For Quarkus, which finds it in each application. */
  public ForwardingFilter() {}

  @Override
  public void filter(ClientRequestContext request) {
    if (!request.getClass().getName().startsWith("org.jboss.resteasy.reactive.")) {
      LOGGER.notForwarded(
          "a client of classic RESTEasy",
          "tracing-propagation-quarkus-rest is for Quarkus REST",
          "Use tracing-propagation-jaxrs-filter in its place.");
      return;
    }
    propagation.inject(CallersHeadersFilter.of(request), new Hop(request));
  }

  private record Hop(ClientRequestContext request) implements OutboundRequest {
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

    @Override
    public void setHeader(String name, String value) {
      request.getHeaders().putSingle(name, value);
    }
  }
}
