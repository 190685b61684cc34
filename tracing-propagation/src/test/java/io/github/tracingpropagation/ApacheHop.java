// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.NameValuePair;

/** One hop of Apache HttpClient 5: the target of its route, and its request. */
record ApacheHop(HttpHost target, HttpRequest request) implements OutboundRequest {
  @Override
  public String host() {
    return target.getHostName();
  }

  /** Returns the Host header, which Apache sets before its last interceptor runs. */
  @Override
  public String hostHeader() {
    return request.getFirstHeader(HttpHeaders.HOST).getValue();
  }

  @Override
  public List<String> headerNames() {
    return Arrays.stream(request.getHeaders()).map(NameValuePair::getName).toList();
  }

  @Override
  public void setHeader(String name, String value) {
    request.setHeader(name, value);
  }
}
