// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.client.HttpClientRequest;

/** One request of a call: the first, a retry or a redirect. For the thread that sends it. */
record Hop(HttpClientRequest request) implements OutboundRequest {

  /** Injects the headers that the call of a request is bound to. */
  static void forward(TracingPropagation propagation, HttpClientRequest request) {
    CapturedHeaders captured =
        request.currentContextView().getOrDefault(CapturedHeaders.class, null);
    if (captured != null && !captured.isEmpty()) {
      propagation.inject(captured, new Hop(request));
    }
  }

  /**
   * Returns the host of the URL that the client has composed. Only the authority is parsed: in a
   * path and a query the client accepts more than {@link URI} does.
   */
  @Override
  public @Nullable String host() {
    String url = request.resourceUrl();
    if (url == null) {
      return null;
    }
    int start = url.indexOf("://") + 3;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    String authority = url.substring(start, end);
    try {
      return authority.contains("@") ? null : OutboundRequest.hostOf(URI.create("//" + authority));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public @Nullable String hostHeader() {
    return OutboundRequest.oneHost(request.requestHeaders().getAll(HttpHeaderNames.HOST));
  }

  @Override
  public Iterable<String> headerNames() {
    return request.requestHeaders().names();
  }

  @Override
  public void setHeader(String name, String value) {
    request.requestHeaders().set(name, value);
  }
}
