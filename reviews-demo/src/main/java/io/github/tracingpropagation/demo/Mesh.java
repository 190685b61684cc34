// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Bookinfo's reviews and ratings on free ports of this machine, each beside its sidecar, behind an
 * ingress gateway. No service knows of any of it: reviews are told by their settings that ratings
 * are where the own sidecar listens.
 */
final class Mesh implements AutoCloseable {
  static final String GATEWAY = "istio-ingressgateway";
  static final String REVIEWS = "reviews";
  static final String RATINGS = "ratings";

  private static final String HOST = "127.0.0.1";

  /**
   * What meshes differ in.
   *
   * @param version of reviews: {@code v1}, {@code v2} or {@code v3}
   * @param client that reviews call ratings with
   * @param propagation of reviews
   * @param percent of the requests that the sidecars sample
   */
  record Settings(String version, String client, TracingPropagation propagation, double percent) {
    boolean callsRatings() {
      return Mesh.callsRatings(version);
    }
  }

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final String id;
  private final boolean callsRatings;
  private final MeshSpans spans;
  private final Tap intoReviews;
  private final Tap outOfReviews = new Tap(request -> {});
  private final Tap intoRatings;
  private final Service gateway;

  /**
   * Starts.
   *
   * @param id to find the mesh's traces by
   * @param log takes the services' access logs, once they serve
   */
  Mesh(String id, Settings settings, URI zipkin, PrintWriter log) throws IOException {
    this.id = id;
    this.callsRatings = settings.callsRatings();
    this.intoReviews = new Tap(new AccessLog(REVIEWS, log));
    this.intoRatings = new Tap(new AccessLog(RATINGS, log));
    boolean started = false;
    try {
      this.spans = add(new MeshSpans(id, zipkin));
      this.gateway = start(settings);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private Service start(Settings settings) throws IOException {
    Sidecar ratingsSidecar = add(Sidecar.of(RATINGS, settings.percent(), spans));
    Service ratings =
        add(
            RatingsService.start(
                HOST,
                0,
                RatingsServlet.create(Faults.Mode.NONE),
                settings.propagation(),
                intoRatings));
    Service toRatings = add(ratingsSidecar.inbound(ratings.uri(""), request -> {}));

    Sidecar reviewsSidecar = add(Sidecar.of(REVIEWS, settings.percent(), spans));
    Service fromReviews = add(reviewsSidecar.outbound(RATINGS, toRatings.uri(""), outOfReviews));
    Service reviews =
        add(
            ReviewsService.start(
                HOST,
                0,
                ReviewsSettings.from(new Variables(reviews(settings, fromReviews.port()))),
                settings.propagation(),
                intoReviews));
    Service toReviews = add(reviewsSidecar.inbound(reviews.uri(""), request -> {}));

    Sidecar ingress = add(Sidecar.of(GATEWAY, settings.percent(), spans));
    return add(ingress.outbound(REVIEWS, toReviews.uri(""), request -> {}));
  }

  /** Whether this version of reviews shows stars. */
  static boolean callsRatings(String version) {
    return !version.equals("v1");
  }

  /** The variables of bookinfo's reviews. */
  private static Map<String, String> reviews(Settings settings, int ratingsPort) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ENABLE_RATINGS", Boolean.toString(settings.callsRatings()));
    variables.put("STAR_COLOR", settings.version().equals("v3") ? "red" : "black");
    variables.put("RATINGS_HOSTNAME", HOST);
    variables.put("RATINGS_SERVICE_PORT", Integer.toString(ratingsPort));
    variables.put("RATINGS_CLIENT", settings.client());
    variables.put("HOSTNAME", "reviews-" + settings.version());
    return variables;
  }

  String id() {
    return id;
  }

  boolean callsRatings() {
    return callsRatings;
  }

  MeshSpans spans() {
    return spans;
  }

  /** Returns where the gateway takes requests for the reviews of a product. */
  URI reviews(int productId) {
    return gateway.uri("/reviews/" + productId);
  }

  Tap intoReviews() {
    return intoReviews;
  }

  Tap outOfReviews() {
    return outOfReviews;
  }

  Tap intoRatings() {
    return intoRatings;
  }

  void startLogging() {
    intoReviews.startLogging();
    intoRatings.startLogging();
  }

  /** Ends first what was started last, so that nobody is called who is not there any more. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e); // none of ours throws a checked one
      }
    }
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }
}
