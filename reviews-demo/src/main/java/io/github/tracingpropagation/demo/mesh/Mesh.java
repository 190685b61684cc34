// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsSettings;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Bookinfo's reviews and ratings on free loopback ports, each with its sidecar, behind an ingress
 * gateway. Threads may share it once it is started.
 *
 * @param id tag of the mesh's spans
 * @param parts what has been started, the last one first
 */
public record Mesh(String id, Hops hops, CompletableFuture<URI> gateway, Deque<AutoCloseable> parts)
    implements AutoCloseable {
  public static final String GATEWAY = "istio-ingressgateway.istio-system";
  public static final String REVIEWS = "reviews.default";
  public static final String RATINGS = "ratings.default";
  public static final List<String> SERVICES = List.of(GATEWAY, REVIEWS, RATINGS);

  /** Creates a mesh, which {@link #start} starts. */
  public Mesh(String id) {
    this(id, new Hops(), new CompletableFuture<>(), new ArrayDeque<>());
  }

  /**
   * Starts the services and the sidecars, which are closed with the mesh even if one of them fails.
   *
   * @param forwarding what both services capture and forward
   * @param client that reviews calls ratings with
   * @param timeout of these calls
   * @param percent sampling rate of the sidecars, 0 to 100
   */
  public void start(
      TracingPropagation forwarding,
      String client,
      Duration timeout,
      double percent,
      Sidecars sidecars)
      throws IOException, InterruptedException {
    add(sidecars);
    ServerSettings local = ServerSettings.local(forwarding);
    RatingsService ratings = add(RatingsService.start(local));
    URI called = client.equals("grpc") ? ratings.grpcUri() : ratings.uri("");
    Route toRatings = new Route(INBOUND, RATINGS, recorded(hops.intoRatings, () -> called));
    Sidecar ofRatings = add(sidecars.start(RATINGS, false, percent, toRatings));

    // Reviews must know where to call ratings when it starts, and its sidecar where reviews is.
    CompletableFuture<URI> outbound = new CompletableFuture<>();
    URI caller = recorded(hops.outOfReviews, outbound::join);
    ReviewsSettings settings = ReviewsSettings.v3(caller.getPort(), client, timeout);
    Service reviews = add(ReviewsService.start(local, settings));
    URI inbound = recorded(hops.intoReviews, () -> reviews.uri(""));
    Route toReviews = new Route(INBOUND, REVIEWS, inbound);
    Route toOthers = new Route(OUTBOUND, RATINGS, ofRatings.uri(INBOUND));
    Sidecar ofReviews = add(sidecars.start(REVIEWS, false, percent, toReviews, toOthers));
    outbound.complete(ofReviews.uri(OUTBOUND));

    Route fromOutside = new Route(OUTBOUND, REVIEWS, ofReviews.uri(INBOUND));
    gateway.complete(add(sidecars.start(GATEWAY, true, percent, fromOutside)).uri(OUTBOUND));
  }

  private <T extends AutoCloseable> T add(T part) {
    parts.push(part);
    return part;
  }

  /** Starts a proxy that records requests: Envoy itself cannot tell what arrived. */
  private URI recorded(Deque<RequestHeaders> hop, Supplier<URI> to) {
    return add(Proxy.recording(to, hop::offer)).uri("");
  }

  /** Returns the gateway's URI of the reviews of a product. */
  public URI reviews(int productId) {
    return gateway.join().resolve("/reviews/" + productId);
  }

  /** Stops callers before those they call. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        throw new IllegalStateException(e); // no part of the demo throws a checked exception
      }
    }
  }
}
