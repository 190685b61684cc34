// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.ratings.RatingsService;
import io.github.tracingpropagation.demo.reviews.ReviewsService;
import io.github.tracingpropagation.demo.service.AccessLog;
import io.github.tracingpropagation.demo.service.Environment;
import io.github.tracingpropagation.demo.service.Parts;
import io.github.tracingpropagation.demo.service.Service;
import io.github.tracingpropagation.demo.sidecar.Sidecar;
import io.github.tracingpropagation.demo.sidecar.Sidecars;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * Bookinfo's reviews and ratings on free loopback ports, each with its sidecar, behind an ingress
 * gateway. Reviews is configured to call ratings at the port of its own sidecar. Threads may share
 * it.
 */
final class Mesh implements AutoCloseable {
  static final String GATEWAY = "istio-ingressgateway.istio-system";
  static final String REVIEWS = "reviews.default";
  static final String RATINGS = "ratings.default";

  private static final String HOST = "127.0.0.1";

  private final Parts parts = new Parts();
  private final String id;
  private final boolean callsRatings;
  private final RequestObserver intoReviews;
  private final RequestObserver outOfReviews;
  private final RequestObserver intoRatings;
  private final Service gateway;

  /**
   * Starts the services and the sidecars.
   *
   * @param id tag of the mesh's spans
   * @param sidecars closed with the mesh
   * @param log receives the access logs after {@link #startLogging()}
   */
  Mesh(String id, MeshSettings settings, Sidecars sidecars, PrintWriter log)
      throws IOException, InterruptedException {
    this.id = id;
    this.callsRatings = settings.callsRatings();
    Tracer tracer = settings.tracer();
    this.intoReviews = new RequestObserver(tracer, new AccessLog("reviews", log));
    this.outOfReviews = new RequestObserver(tracer, request -> {});
    this.intoRatings = new RequestObserver(tracer, new AccessLog("ratings", log));
    boolean started = false;
    try {
      parts.add(sidecars);
      this.gateway = start(settings, sidecars);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private Service start(MeshSettings settings, Sidecars sidecars)
      throws IOException, InterruptedException {
    Sidecar ratingsSidecar = sidecars.sidecar(RATINGS, settings.percent());
    Service ratings =
        parts.add(
            RatingsService.start(
                HOST, 0, new Environment(Map.of()), settings.propagation(), intoRatings));
    Service toRatings = parts.add(ratingsSidecar.inbound(ratings.uri("")));

    Sidecar reviewsSidecar = sidecars.sidecar(REVIEWS, settings.percent());
    Service fromReviews =
        parts.add(reviewsSidecar.outbound(RATINGS, toRatings.uri(""), outOfReviews));
    Service reviews =
        parts.add(
            ReviewsService.start(
                HOST,
                0,
                settings.reviews(HOST, fromReviews.port()),
                settings.propagation(),
                intoReviews));
    Service toReviews = parts.add(reviewsSidecar.inbound(reviews.uri("")));

    return parts.add(sidecars.gateway(GATEWAY, settings.percent(), REVIEWS, toReviews.uri("")));
  }

  /** Returns the tag of the mesh's spans. */
  String id() {
    return id;
  }

  boolean callsRatings() {
    return callsRatings;
  }

  /** Returns the services that have a span in every whole trace. */
  List<String> services() {
    return callsRatings ? List.of(GATEWAY, REVIEWS, RATINGS) : List.of(GATEWAY, REVIEWS);
  }

  /**
   * Returns the number of spans of the requests that the services have answered so far: the gateway
   * reports two for each request, each other proxy one.
   */
  long expectedSpans() {
    return 3 * intoReviews.sampled() + 2 * intoRatings.sampled();
  }

  /** Returns the number of requests that had the same ids when they arrived at both services. */
  int continued() {
    Map<String, String> atRatings = intoRatings.traceIds();
    return (int)
        intoReviews.traceIds().entrySet().stream()
            .filter(ids -> ids.getValue().equals(atRatings.get(ids.getKey())))
            .count();
  }

  /** Returns the gateway's URI of the reviews of a product. */
  URI reviews(int productId) {
    return gateway.uri("/reviews/" + productId);
  }

  RequestObserver intoReviews() {
    return intoReviews;
  }

  RequestObserver outOfReviews() {
    return outOfReviews;
  }

  RequestObserver intoRatings() {
    return intoRatings;
  }

  /** Starts the access logs of both services. */
  void startLogging() {
    intoReviews.startLogging();
    intoRatings.startLogging();
  }

  @Override
  public void close() {
    parts.close();
  }
}
