// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.AbstractList;
import java.util.List;
import org.apache.hc.client5.http.RouteInfo;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/**
 * The last request interceptor: injects the headers into the request of each hop. Thread-safe.
 *
 * @param propagation what to forward, and to which hosts
 */
record HeaderInjector(TracingPropagation propagation) {
  private static final OnceLogger LOGGER = OnceLogger.of(ApacheHttpTracingPropagation.class);

  /** Injects the headers of this thread. */
  void injectCurrent(HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
    RouteInfo route = HttpClientContext.cast(context).getHttpRoute();
    inject(CapturedHeaders.current(), request, route.getTargetHost());
  }

  /** Injects the headers of the thread that has started the exchange. */
  void injectCallers(HttpRequest request, @Nullable EntityDetails entity, HttpContext context) {
    if (request instanceof TracedRequest traced) {
      inject(traced.captured(), request, traced.target());
    } else {
      LOGGER.notForwarded(
          propagation,
          "Apache HttpClient",
          "an exec interceptor replaces the request",
          "Call ApacheHttpTracingPropagation.install after addExecInterceptorLast.");
    }
  }

  private void inject(CapturedHeaders captured, HttpRequest request, HttpHost target) {
    URIAuthority authority = request.getAuthority();
    String host = authority == null ? null : authority.getHostName();
    if (!captured.isEmpty()) {
      boolean allowed = propagation.destinations().includes(host);
      propagation.inject(captured, new Hop(allowed ? target : null, request));
    }
  }

  /**
   * A request for the core.
   *
   * @param target null if the request's authority must not receive the headers
   */
  private record Hop(@Nullable HttpHost target, HttpRequest request) implements OutboundRequest {
    @Override
    public @Nullable String host() {
      return target == null ? null : target.getHostName();
    }

    /** Returns no host, "", for several values; null if HTTP/2 sends the authority instead. */
    @Override
    public @Nullable String hostHeader() {
      Header[] values = request.getHeaders(HttpHeaders.HOST);
      if (values.length == 0) {
        return null;
      }
      String value = values[0].getValue();
      return values.length > 1 || value == null ? "" : value;
    }

    /** Returns a view of the names. */
    @Override
    public List<String> headerNames() {
      Header[] headers = request.getHeaders();
      return new AbstractList<>() {
        @Override
        public String get(int index) {
          return headers[index].getName();
        }

        @Override
        public int size() {
          return headers.length;
        }
      };
    }

    /** With addHeader, which is cheaper than setHeader: no name that the request has is set. */
    @Override
    public void setHeader(String name, String value) {
      request.addHeader(name, value);
    }
  }
}
