// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Consumer;

/** The services in this process, on free ports: a reviews with each client, in front of ratings. */
record Bookinfo(
    ReviewsService okHttpReviews,
    ReviewsService jaxrsReviews,
    RatingsService ratings,
    Recorder atReviews,
    Recorder atRatings)
    implements AutoCloseable {

  private static final String HOST = "127.0.0.1";

  /**
   * Starts.
   *
   * @param out takes the access logs after the story
   */
  static Bookinfo start(PrintWriter out) throws IOException {
    TracingPropagation propagation = TracingPropagation.fromEnvironment();
    Recorder atReviews = new Recorder(new AccessLog("reviews", out));
    Recorder atRatings = new Recorder(new AccessLog("ratings", out));
    RatingsService ratings =
        RatingsService.start(
            HOST, 0, RatingsServlet.create(Faults.Mode.NONE), propagation, atRatings);
    return new Bookinfo(
        ReviewsService.start(HOST, 0, settings("okhttp", ratings), propagation, atReviews),
        ReviewsService.start(HOST, 0, settings("jaxrs", ratings), propagation, atReviews),
        ratings,
        atReviews,
        atRatings);
  }

  /** Starts ratings with the defaults. */
  static RatingsService ratings(Consumer<ServedRequest> served) throws IOException {
    return RatingsService.start(
        HOST,
        0,
        RatingsServlet.create(Faults.Mode.NONE),
        TracingPropagation.fromEnvironment(),
        served);
  }

  @Override
  public void close() {
    okHttpReviews.close();
    jaxrsReviews.close();
    ratings.close();
  }

  /** Reviews v3. */
  private static ReviewsSettings settings(String client, RatingsService ratings) {
    return ReviewsSettings.from(
        new Variables(
            Map.of(
                "ENABLE_RATINGS",
                "true",
                "STAR_COLOR",
                "red",
                "RATINGS_HOSTNAME",
                HOST,
                "RATINGS_SERVICE_PORT",
                Integer.toString(ratings.port()),
                "RATINGS_CLIENT",
                client,
                "HOSTNAME",
                "reviews-v3")));
  }
}
