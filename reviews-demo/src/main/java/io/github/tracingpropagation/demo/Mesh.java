// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsService;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.Parts;
import io.github.tracingpropagation.demo.mesh.Proxy;
import io.github.tracingpropagation.demo.mesh.Sidecars;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Bookinfo's reviews and ratings on free loopback ports, each with its sidecar, behind an ingress
 * gateway. Reviews is configured to call ratings at the port of its own sidecar. Threads may share
 * it once it is started.
 */
final class Mesh implements AutoCloseable {
  static final String GATEWAY = "istio-ingressgateway.istio-system";
  static final String REVIEWS = "reviews.default";
  static final String RATINGS = "ratings.default";

  private final Parts parts = new Parts();
  private final Hops hops = new Hops();
  private final CompletableFuture<URI> gateway = new CompletableFuture<>();
  private final String id;
  private final StorySettings settings;
  private final PrintWriter log;
  private volatile boolean logging;

  /**
   * Creates a mesh, which {@link #start} starts.
   *
   * @param id tag of the mesh's spans
   * @param log receives the access logs after {@link #startLogging()}
   */
  Mesh(String id, StorySettings settings, PrintWriter log) {
    this.id = id;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Starts the services and the sidecars, which are closed with the mesh even if one of them fails.
   *
   * @param forwarding what both services capture and forward
   * @param percent sampling rate of the sidecars, 0 to 100
   */
  void start(TracingPropagation forwarding, double percent, Sidecars sidecars)
      throws IOException, InterruptedException {
    parts.add(sidecars);
    RatingsService ratings =
        parts.add(
            RatingsService.start(
                ServerSettings.local(Map.of(), forwarding, hop("ratings", hops.intoRatings()))));
    URI application = settings.usesGrpc() ? ratings.grpcUri() : ratings.uri("");
    Route toRatings = new Route(INBOUND, RATINGS, application);
    Sidecar ofRatings = parts.add(sidecars.start(RATINGS, false, percent, toRatings));

    // Reviews must know where to call ratings when it starts, and its sidecar where reviews is.
    CompletableFuture<Sidecar> ofReviews = new CompletableFuture<>();
    Service recorder =
        parts.add(
            Proxy.start(
                () -> ofReviews.join().uri(OUTBOUND), Proxy.reporting(hops.outOfReviews()::add)));
    Map<String, String> variables = settings.reviews(recorder);
    Service reviews =
        parts.add(
            ReviewsService.start(
                ServerSettings.local(variables, forwarding, hop("reviews", hops.intoReviews()))));
    ofReviews.complete(
        parts.add(
            sidecars.start(
                REVIEWS,
                false,
                percent,
                new Route(INBOUND, REVIEWS, reviews.uri("")),
                new Route(OUTBOUND, RATINGS, ofRatings.uri(INBOUND)))));
    Route toReviews = new Route(OUTBOUND, REVIEWS, ofReviews.join().uri(INBOUND));
    gateway.complete(parts.add(sidecars.start(GATEWAY, true, percent, toReviews)).uri(OUTBOUND));
  }

  String id() {
    return id;
  }

  /** Returns what records a service's requests, or once that is started, logs them. */
  private Consumer<ServedRequest> hop(String service, Collection<ServedRequest> recorded) {
    Consumer<ServedRequest> accessLog = ServedRequest.log(service, log);
    return request -> {
      if (logging) {
        accessLog.accept(request);
      } else {
        recorded.add(request);
      }
    };
  }

  /** Returns whether every service has a span in this trace, under one root. */
  static boolean isWhole(Trace trace) {
    return trace.isWhole(List.of(GATEWAY, REVIEWS, RATINGS));
  }

  /** Returns the gateway's URI of the reviews of a product. */
  URI reviews(int productId) {
    return gateway.join().resolve("/reviews/" + productId);
  }

  Hops hops() {
    return hops;
  }

  /** Starts the access logs of both services. */
  void startLogging() {
    logging = true;
  }

  @Override
  public void close() {
    parts.close();
  }
}
