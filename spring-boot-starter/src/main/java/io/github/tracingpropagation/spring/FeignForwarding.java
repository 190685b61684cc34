// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Request;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Sets captured headers on Feign's requests. */
final class FeignForwarding {
  private static final System.Logger LOGGER = System.getLogger(FeignForwarding.class.getName());

  private final TracingPropagation propagation;
  private final Set<String> warnings = ConcurrentHashMap.newKeySet();

  FeignForwarding(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  boolean toAnyHost() {
    return propagation.destinations().includesAll();
  }

  /** Returns a request with the headers, if the host of its URL may have them. */
  Request forward(Request request) {
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return request;
    }
    String host;
    try {
      host = OutboundRequest.hostOf(URI.create(request.url()));
    } catch (IllegalArgumentException e) {
      return request; // which the client may refuse, or send to whatever host
    }
    Map<String, Collection<String>> headers = new LinkedHashMap<>(request.headers());
    propagation.inject(captured, new Hop(host, headers));
    return Request.create(
        request.httpMethod(),
        request.url(),
        headers,
        request.body(),
        request.charset(),
        request.requestTemplate());
  }

  private record Hop(@Nullable String host, Map<String, Collection<String>> headers)
      implements OutboundRequest {
    @Override
    public @Nullable String hostHeader() {
      for (Map.Entry<String, Collection<String>> header : headers.entrySet()) {
        if (header.getKey().equalsIgnoreCase("host") && !header.getValue().isEmpty()) {
          return header.getValue().iterator().next();
        }
      }
      return null;
    }

    @Override
    public Iterable<String> headerNames() {
      return headers.keySet();
    }

    @Override
    public void setHeader(String name, String value) {
      headers.put(name, List.of(value));
    }
  }

  /** Returns options with which Feign's clients do not follow redirects. */
  static Request.Options dontFollow(Request.Options options) {
    return new Request.Options(
        options.connectTimeout(),
        options.connectTimeoutUnit(),
        options.readTimeout(),
        options.readTimeoutUnit(),
        false);
  }

  /** Logs, once for the same client, that nothing is forwarded with it. */
  void warn(String client) {
    if (warnings.add(client)) {
      LOGGER.log(
          Level.WARNING,
          "No tracing headers are forwarded with Feign's client "
              + client
              + ", because it may send them to a host that may not receive them. Let Spring Cloud"
              + " build the client, and change requests in a RequestInterceptor or a Capability.");
    }
  }
}
