// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.client.ClientProperties;

/** Calls ratings with the Jakarta REST client, which the library's feature is registered in. */
record JaxrsRatingsClient(Client client, URI ratings) implements RatingsClient {
  static JaxrsRatingsClient create(URI ratings, Duration timeout, TracingPropagation propagation) {
    Client client =
        ClientBuilder.newBuilder()
            .connectTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .readTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .property(ClientProperties.FOLLOW_REDIRECTS, false)
            .register(new TracingPropagationFeature(propagation))
            .build();
    return new JaxrsRatingsClient(client, ratings);
  }

  @Override
  public Map<String, Integer> stars(int productId) throws IOException {
    try (Response response = client.target(ratings + "/" + productId).request().get()) {
      return RatingsClient.parse(response.getStatus(), response.readEntity(InputStream.class));
    } catch (ProcessingException e) {
      throw new IOException(e);
    }
  }
}
