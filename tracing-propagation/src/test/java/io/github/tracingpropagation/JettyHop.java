// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.List;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

// docs: jetty hop
/** A request of Jetty's client, before it is sent. */
record JettyHop(Request request) implements OutboundRequest {
  /** Returns null, no known host, if redirects are followed: Jetty copies the headers. */
  @Override
  public @Nullable String host() {
    return request.isFollowRedirects() ? null : request.getHost();
  }

  @Override
  public @Nullable String hostHeader() {
    return OutboundRequest.oneHost(request.getHeaders().getValuesList(HttpHeader.HOST));
  }

  @Override
  public Iterable<String> headerNames() {
    return List.copyOf(request.getHeaders().getFieldNamesCollection());
  }

  @Override
  public void setHeader(String name, String value) {
    request.headers(headers -> headers.put(name, value));
  }
}
// docs: end
