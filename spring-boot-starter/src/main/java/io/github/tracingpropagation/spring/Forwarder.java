// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
    if (captured.isEmpty() || isForAnotherHost(headers)) {
      return;
    }
    List<String> present = new ArrayList<>();
    headers.forEach((name, values) -> present.add(name)); // keySet() is gone in Spring 7
    propagation.inject(
        captured.storeInContext(Context.root()),
        destination,
        present,
        headers,
        (request, name, value) -> headers.set(name, value));
  }

  /** Returns whether a Host header, perhaps set by hand, has another host than those allowed. */
  private boolean isForAnotherHost(HttpHeaders headers) {
    String host = headers.getFirst(HttpHeaders.HOST);
    return host != null && !propagation.destinations().includes(host);
  }

  /** Logs that clients forward nothing: once for the same clients and the same reason. */
  void warn(String clients, String reason) {
    String warning = "No tracing headers are forwarded with " + clients + ", because " + reason;
    if (warnings.add(warning)) {
      LOGGER.log(Level.WARNING, warning);
    }
  }
}
