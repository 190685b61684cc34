// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** Sets captured headers on the requests of Spring's clients. */
record Forwarder(TracingPropagation propagation) {
  Forwarder {
    requireNonNull(propagation, "propagation");
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
      List<String> hosts = new ArrayList<>();
      headers.forEach( // getOrEmpty() and get() have another descriptor in Spring 7
          (name, values) -> {
            if (name.equalsIgnoreCase(HttpHeaders.HOST)) {
              hosts.addAll(values);
            }
          });
      return OutboundRequest.oneHost(hosts);
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

  /** Without the settings: it is part of the text of what Spring and Reactor are given. */
  @Override
  public String toString() {
    return "Forwarder";
  }
}
