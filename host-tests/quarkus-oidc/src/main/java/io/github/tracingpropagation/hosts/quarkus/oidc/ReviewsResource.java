// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.oidc;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** For users with a token. */
@Path("/")
@Singleton
@Authenticated
public class ReviewsResource {
  private final Ratings ratings;

  @Inject
  ReviewsResource(@RestClient Ratings ratings) {
    this.ratings = ratings;
  }

  @GET
  @Path("sync")
  public String sync(@QueryParam("n") String number) {
    return ratings.get(number);
  }

  @GET
  @Path("uni")
  public Uni<String> uni(@QueryParam("n") String number) {
    return ratings.getLater(number);
  }
}
