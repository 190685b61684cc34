// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.TracedClientContract;
import io.github.tracingpropagation.testing.Tracer;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import org.glassfish.jersey.client.JerseyClientBuilder;

class JerseyTracedClientTest extends TracedClientContract {
  @Override
  protected void call(TracingPropagation propagation, Tracer tracer, boolean tracerFirst, URI uri) {
    ClientRequestFilter tracing =
        request ->
            tracer.call().forEach((name, value) -> request.getHeaders().putSingle(name, value));
    TracingPropagationFeature ours = new TracingPropagationFeature(propagation);
    ClientBuilder builder =
        tracerFirst
            ? new JerseyClientBuilder().register(tracing).register(ours)
            : new JerseyClientBuilder().register(ours).register(tracing);
    try (Client client = builder.build()) {
      client.target(uri).request().get().close();
    }
  }
}
