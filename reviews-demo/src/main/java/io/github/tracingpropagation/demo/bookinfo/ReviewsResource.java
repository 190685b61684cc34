// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.tracingpropagation.demo.bookinfo.RatingsClient.WrongAnswerException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The reviews of a product. It has no code for tracing: the feature and the clients do that.
 * Threads may share it.
 */
@Path("/")
public record ReviewsResource(ReviewsSettings settings, RatingsClient ratings) {
  private static final System.Logger LOGGER = System.getLogger(ReviewsResource.class.getName());
  private static final String TEXT_1 =
      "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!";
  private static final String TEXT_2 =
      "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays"
          + " by Shakespeare.";

  @GET
  @Path("health")
  public Response health() {
    return json("{\"status\":\"Reviews is healthy\"}");
  }

  /** Returns two reviews, also if ratings fails. */
  @GET
  @Path("reviews/{productId}")
  public Response reviews(@PathParam("productId") int productId) {
    ObjectNode answer =
        Json.MAPPER
            .createObjectNode()
            .put("id", Integer.toString(productId))
            .put("podname", settings.podname())
            .put("clustername", settings.clustername());
    Map<String, Integer> stars = settings.ratingsEnabled() ? stars(productId) : Map.of();
    ArrayNode reviews = answer.putArray("reviews");
    addReview(reviews, "Reviewer1", TEXT_1, stars);
    addReview(reviews, "Reviewer2", TEXT_2, stars);
    return json(answer.toString());
  }

  private void addReview(
      ArrayNode reviews, String reviewer, String text, Map<String, Integer> stars) {
    ObjectNode review = reviews.addObject().put("reviewer", reviewer).put("text", text);
    Integer ofReviewer = stars.get(reviewer);
    if (ofReviewer != null) {
      review.putObject("rating").put("stars", ofReviewer).put("color", settings.starColor());
    } else if (settings.ratingsEnabled()) {
      review.putObject("rating").put("error", "Ratings service is currently unavailable");
    }
  }

  /** As bookinfo, without {@code @Produces}: a request that accepts HTML only is answered, too. */
  private static Response json(String json) {
    return Response.ok(json, MediaType.APPLICATION_JSON).build();
  }

  /** Returns the stars by reviewer; none if ratings fails, which is logged. */
  private Map<String, Integer> stars(int productId) {
    try {
      return ratings.stars(productId);
    } catch (IOException e) {
      LOGGER.log(
          Level.WARNING,
          () -> "cannot get " + settings.ratings() + "/" + productId + ": " + reason(e));
      return Map.of();
    }
  }

  /** Other messages than our own can have parts of the request or the response. */
  private static @Nullable String reason(IOException e) {
    if (e instanceof WrongAnswerException) {
      return e.getMessage();
    }
    Throwable cause = e;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getClass().getSimpleName();
  }
}
