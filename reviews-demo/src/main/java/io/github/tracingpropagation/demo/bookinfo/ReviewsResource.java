// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The reviews of a product. It has no code for tracing: the feature and the clients do that.
 * Threads may share it.
 */
@Path("/")
public final class ReviewsResource {
  private static final System.Logger LOGGER = System.getLogger(ReviewsResource.class.getName());

  private final ReviewsSettings settings;
  private final RatingsClient ratings;

  ReviewsResource(ReviewsSettings settings, RatingsClient ratings) {
    this.settings = settings;
    this.ratings = ratings;
  }

  /** Answers a health check. */
  @GET
  @Path("health")
  public Response health() {
    return json(Json.write("status", "Reviews is healthy"));
  }

  /** Returns two reviews, also if ratings fails. */
  @GET
  @Path("reviews/{productId}")
  public Response reviews(@PathParam("productId") int productId) {
    return json(Json.write(Reviews.of(productId, settings, stars(productId))));
  }

  /** As bookinfo, without {@code @Produces}: a request that accepts HTML only is answered, too. */
  private static Response json(byte[] body) {
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
  }

  private @Nullable Stars stars(int productId) {
    if (!settings.ratingsEnabled()) {
      return null;
    }
    try {
      return Stars.read(ratings.get(productId));
    } catch (IOException e) {
      LOGGER.log(
          Level.WARNING,
          () -> "cannot get " + settings.ratings() + "/" + productId + ": " + reason(e));
      return Stars.NONE; // Reviews.rating() puts the error into the response
    }
  }

  /** Other messages than our own can have parts of the request or the response. */
  private static @Nullable String reason(IOException e) {
    if (e instanceof RatingsException) {
      return e.getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName();
  }
}
