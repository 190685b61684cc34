// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
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
  public Response health() throws IOException {
    return json(Map.of("status", "Reviews is healthy"));
  }

  /** Returns two reviews, also if ratings fails. */
  @GET
  @Path("reviews/{productId}")
  public Response reviews(@PathParam("productId") int productId) throws IOException {
    ObjectNode answer =
        Json.MAPPER
            .createObjectNode()
            .put("id", Integer.toString(productId))
            .put("podname", settings.podname())
            .put("clustername", settings.clustername());
    ArrayNode reviews = answer.putArray("reviews");
    reviews.addObject().put("reviewer", "Reviewer1").put("text", TEXT_1);
    reviews.addObject().put("reviewer", "Reviewer2").put("text", TEXT_2);
    if (settings.ratingsEnabled()) {
      Map<String, Integer> stars = stars(productId);
      for (JsonNode review : reviews) {
        rate(((ObjectNode) review).putObject("rating"), stars.get(review.get("reviewer").asText()));
      }
    }
    return json(answer);
  }

  private void rate(ObjectNode rating, @Nullable Integer stars) {
    if (stars == null) {
      rating.put("error", "Ratings service is currently unavailable");
    } else {
      rating.put("stars", stars).put("color", settings.starColor());
    }
  }

  /** As bookinfo, without {@code @Produces}: a request that accepts HTML only is answered, too. */
  private static Response json(Object answer) throws JsonProcessingException {
    byte[] body = Json.MAPPER.writeValueAsBytes(answer);
    return Response.ok(body, MediaType.APPLICATION_JSON_TYPE).build();
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
