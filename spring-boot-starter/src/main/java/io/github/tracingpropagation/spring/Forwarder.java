// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Sets captured headers on the requests of Spring's clients. */
final class Forwarder {
  private static final System.Logger LOGGER = System.getLogger(Forwarder.class.getName());

  private final TracingPropagation propagation;
  private final Set<String> warnings = ConcurrentHashMap.newKeySet();

  Forwarder(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  /**
   * Returns whether every host may have the headers. Then it does not matter who chooses the host,
   * and the headers are set where a client begins a request.
   */
  boolean toAnyHost() {
    return propagation.destinations().includesAll();
  }

  void forward(CapturedHeaders captured, URI destination, HttpHeaders headers) {
    propagation.inject(captured, new Hop(destination, headers));
  }

  private record Hop(URI uri, HttpHeaders headers) implements OutboundRequest {
    @Override
    public @Nullable String host() {
      return OutboundRequest.hostOf(uri);
    }

    @Override
    public @Nullable String hostHeader() {
      return headers.getFirst(HttpHeaders.HOST);
    }

    @Override
    public List<String> headerNames() {
      List<String> names = new ArrayList<>();
      headers.forEach((name, values) -> names.add(name)); // keySet() is gone in Spring 7
      return names;
    }

    @Override
    public void setHeader(String name, String value) {
      headers.set(name, value);
    }
  }

  /** Logs that clients forward nothing: once for the same clients and the same reason. */
  void warn(String clients, String reason) {
    String warning = "No tracing headers are forwarded with " + clients + ", because " + reason;
    if (warnings.add(warning)) {
      LOGGER.log(Level.WARNING, warning);
    }
  }
}
