// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.micronaut.core.annotation.Order;
import io.micronaut.core.order.Ordered;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.annotation.ClientFilter;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.client.HttpClientConfiguration;
import java.util.Collection;

// docs: micronaut outbound
/** Sets the headers on each call of a client that Micronaut builds. */
@ClientFilter(ClientFilter.MATCH_ALL_PATTERN)
@Order(Ordered.LOWEST_PRECEDENCE)
final class ForwardingFilter {
  private final TracingPropagation propagation;
  private final boolean follows;

  ForwardingFilter(TracingPropagation propagation, Collection<HttpClientConfiguration> clients) {
    this.propagation = propagation;
    this.follows = clients.stream().anyMatch(HttpClientConfiguration::isFollowRedirects);
  }

  @RequestFilter
  void forward(MutableHttpRequest<?> request) {
    propagation.inject(CapturedHeaders.current(), new Hop(request, follows));
  }

  /** A call. If a client follows redirects, its host is unknown: Micronaut copies the headers. */
  record Hop(MutableHttpRequest<?> request, boolean follows) implements OutboundRequest {
    @Override
    public String host() {
      return follows ? null : OutboundRequest.hostOf(request.getUri());
    }

    @Override
    public String hostHeader() {
      return OutboundRequest.oneHost(request.getHeaders().getAll("host"));
    }

    @Override
    public Iterable<String> headerNames() {
      return request.getHeaders().names();
    }

    @Override
    public void setHeader(String name, String value) {
      request.header(name, value);
    }
  }
}
// docs: end
