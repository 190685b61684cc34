// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Calls ratings; the client registers the feature itself. */
@Path("reviews")
@ApplicationScoped
public class ReviewsResource {
  private final Client client =
      ClientBuilder.newBuilder().register(TracingPropagationFeature.class).build();

  @ConfigProperty(name = "ratings.uri")
  String ratings;

  @GET
  public String reviews() {
    return client.target(ratings).path("ratings").request().get(String.class);
  }
}
