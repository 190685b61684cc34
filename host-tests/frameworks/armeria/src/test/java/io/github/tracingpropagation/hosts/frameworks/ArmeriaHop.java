// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import com.linecorp.armeria.client.ClientRequestContext;
import com.linecorp.armeria.client.Endpoint;
import com.linecorp.armeria.common.HttpRequest;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.netty.util.AsciiString;
import java.util.stream.Stream;

// docs: armeria hop
/** One attempt of a call of Armeria's client. */
record ArmeriaHop(ClientRequestContext context, HttpRequest request) implements OutboundRequest {
  @Override
  public String host() {
    Endpoint endpoint = context.endpoint();
    return endpoint == null ? null : endpoint.host();
  }

  @Override
  public String hostHeader() {
    return context.authority();
  }

  @Override
  public Iterable<String> headerNames() {
    return Stream.of(request.headers(), context.additionalRequestHeaders())
        .flatMap(headers -> headers.names().stream())
        .map(AsciiString::toString)
        .toList();
  }

  @Override
  public void setHeader(String name, String value) {
    context.setAdditionalRequestHeader(name, value);
  }
}
// docs: end
