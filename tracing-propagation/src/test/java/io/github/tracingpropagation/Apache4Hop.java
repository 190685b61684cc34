// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.Arrays;
import java.util.List;
import org.apache.http.Header;
import org.apache.http.HttpHeaders;
import org.apache.http.HttpHost;
import org.apache.http.HttpRequest;
import org.jspecify.annotations.Nullable;

// docs: apache 4 hop
/** One hop of Apache HttpClient 4: the target of its route, and its request. */
record Apache4Hop(HttpHost target, HttpRequest request) implements OutboundRequest {
  /** Returns null, no known host, for an absolute URI, by which a proxy chooses the host. */
  @Override
  public @Nullable String host() {
    return request.getRequestLine().getUri().startsWith("/") ? target.getHostName() : null;
  }

  /** Returns the Host header, which Apache sets before its last interceptor runs. */
  @Override
  public String hostHeader() {
    return request.getFirstHeader(HttpHeaders.HOST).getValue();
  }

  @Override
  public List<String> headerNames() {
    return Arrays.stream(request.getAllHeaders()).map(Header::getName).toList();
  }

  @Override
  public void setHeader(String name, String value) {
    request.setHeader(name, value);
  }
}
// docs: end
