// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Client;
import feign.Request;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets captured headers on Feign's requests. */
final class FeignForwarding {
  private static final OnceLogger LOGGER = OnceLogger.of(FeignForwarding.class);

  private final TracingPropagation propagation;

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
      return request; // the host is unknown
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
      List<String> values = new ArrayList<>();
      headers.forEach(
          (name, ofName) -> {
            if (name.equalsIgnoreCase("host")) {
              values.addAll(ofName);
            }
          });
      return OutboundRequest.oneHost(values);
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

  void warn(Client client) {
    LOGGER.mayReachOtherHost(
        propagation,
        "Feign's client " + client.getClass().getName(),
        "it may choose another host or follow redirects",
        "Let Spring Cloud build the client, and change requests in a RequestInterceptor or a"
            + " Capability.");
  }
}
