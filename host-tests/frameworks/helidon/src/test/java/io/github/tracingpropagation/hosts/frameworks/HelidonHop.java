// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import io.github.tracingpropagation.adapter.OutboundRequest;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.WebClientServiceRequest;
import java.util.List;

// docs: helidon hop
/** One hop of Helidon's client. */
record HelidonHop(WebClientServiceRequest request) implements OutboundRequest {
  @Override
  public String host() {
    return request.uri().host();
  }

  @Override
  public String hostHeader() {
    return OutboundRequest.oneHost(request.headers().all(HeaderNames.HOST, List::of));
  }

  @Override
  public Iterable<String> headerNames() {
    return request.headers().stream().map(Header::name).toList();
  }

  @Override
  public void setHeader(String name, String value) {
    request.headers().set(HeaderNames.create(name), value);
  }
}
// docs: end
