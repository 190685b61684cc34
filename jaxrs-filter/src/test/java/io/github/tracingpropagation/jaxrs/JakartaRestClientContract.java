// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.OutboundContract;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.function.Supplier;

/** What the feature has to do with every Jakarta REST client. */
abstract class JakartaRestClientContract extends OutboundContract {
  private final Supplier<ClientBuilder> clients;

  JakartaRestClientContract(Supplier<ClientBuilder> clients) {
    this.clients = clients;
  }

  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    try (Client client =
        clients.get().register(new TracingPropagationFeature(propagation)).build()) {
      Invocation.Builder request = client.target(uri).request();
      lines.forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
      try (Response response = request.get()) {
        return response.getStatus();
      }
    }
  }
}
