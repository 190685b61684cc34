// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.adapter.OutboundRequest;
import io.vertx.core.spi.observability.HttpRequest;
import java.net.URI;
import java.util.function.BiConsumer;

// docs: vert.x hop
/** One hop of a client of Vert.x. */
record VertxHop(HttpRequest request, BiConsumer<String, String> setter) implements OutboundRequest {
  /** Returns the host that is connected to; the URI has that of the Host header. */
  @Override
  public String host() {
    return request.remoteAddress() == null ? null : request.remoteAddress().host();
  }

  @Override
  public String hostHeader() {
    try {
      return URI.create(request.absoluteURI()).getRawAuthority();
    } catch (IllegalArgumentException e) {
      return ""; // no host: then nothing is forwarded, if hosts are named
    }
  }

  @Override
  public Iterable<String> headerNames() {
    return request.headers().names();
  }

  @Override
  public void setHeader(String name, String value) {
    setter.accept(name, value);
  }
}
// docs: end
