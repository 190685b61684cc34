// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.adapter.OutboundRequest;
import java.net.HttpURLConnection;
import java.net.URI;
import org.jspecify.annotations.Nullable;

// docs: smallest outbound
/** A request of HttpURLConnection, before it is sent. */
record UrlConnectionHop(HttpURLConnection connection) implements OutboundRequest {
  /** Returns null, no known host, if the connection would take the headers to other hosts. */
  @Override
  public @Nullable String host() {
    return connection.getInstanceFollowRedirects()
        ? null
        : OutboundRequest.hostOf(URI.create(connection.getURL().toString()));
  }

  @Override
  public @Nullable String hostHeader() {
    return connection.getRequestProperty("Host");
  }

  @Override
  public Iterable<String> headerNames() {
    return connection.getRequestProperties().keySet();
  }

  @Override
  public void setHeader(String name, String value) {
    connection.setRequestProperty(name, value);
  }
}
// docs: end
