// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.OUTBOUND;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.RatingsService;
import io.github.tracingpropagation.demo.bookinfo.RequestRecorder;
import io.github.tracingpropagation.demo.bookinfo.ReviewsService;
import io.github.tracingpropagation.demo.bookinfo.ReviewsSettings;
import io.github.tracingpropagation.demo.bookinfo.ServerSettings;
import io.github.tracingpropagation.demo.bookinfo.Service;
import io.github.tracingpropagation.demo.mesh.Sidecars.Route;
import io.github.tracingpropagation.demo.mesh.Sidecars.Sidecar;
import io.github.tracingpropagation.testing.RawHttp;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A gateway, reviews and ratings with their sidecars, each request recorded at each hop. */
public final class Chain implements AutoCloseable {
  private final Parts parts = new Parts();
  private final RequestRecorder intoReviews = new RequestRecorder();
  private final RequestRecorder outOfReviews = new RequestRecorder();
  private final RequestRecorder intoRatings = new RequestRecorder();
  private final Sidecar gateway;
  private final Sidecar reviewsSidecar;

  /** Starts a chain in which all proxies sample at the same rate. */
  public Chain(Sidecars sidecars, double percent) throws Exception {
    this(sidecars, percent, percent, TracingPropagation.create(), null);
  }

  /**
   * Starts a chain.
   *
   * @param percentOfReviews sampling rate of the sidecar of reviews
   * @param propagation of both services
   * @param otherRatings in place of ratings, or null
   */
  public Chain(
      Sidecars sidecars,
      double percent,
      double percentOfReviews,
      TracingPropagation propagation,
      @Nullable URI otherRatings)
      throws Exception {
    parts.add(sidecars);
    ServerSettings local = ServerSettings.local(propagation);
    URI ratings =
        otherRatings != null
            ? otherRatings
            : recorded(intoRatings, parts.add(RatingsService.start(local)).uri(""));
    Sidecar ofRatings =
        parts.add(
            sidecars.start("ratings", false, percent, new Route(INBOUND, "ratings", ratings)));
    CompletableFuture<Sidecar> ofReviews = new CompletableFuture<>();
    Service fromReviews =
        parts.add(Proxy.recording(() -> ofReviews.join().uri(OUTBOUND), outOfReviews));
    ReviewsSettings settings =
        ReviewsSettings.v3(fromReviews.port(), "okhttp", Duration.ofSeconds(10));
    URI reviews = recorded(intoReviews, parts.add(ReviewsService.start(local, settings)).uri(""));
    this.reviewsSidecar =
        parts.add(
            sidecars.start(
                "reviews",
                false,
                percentOfReviews,
                new Route(INBOUND, "reviews", reviews),
                new Route(OUTBOUND, "ratings", ofRatings.uri(INBOUND))));
    ofReviews.complete(reviewsSidecar);
    this.gateway =
        parts.add(
            sidecars.start(
                "gateway",
                true,
                percent,
                new Route(OUTBOUND, "reviews", reviewsSidecar.uri(INBOUND))));
  }

  private URI recorded(RequestRecorder recorder, URI service) {
    return parts.add(recorder.inFrontOf(service)).uri("");
  }

  /** Sends a request to the gateway, and returns the body of the response. */
  public String body(List<String> headerLines) throws Exception {
    return RawHttp.get(gateway.uri(OUTBOUND).resolve("/reviews/0"), headerLines).body();
  }

  /** Sends a request to the gateway, and returns it as received at each hop. */
  Map<String, RequestHeaders> sendToGateway(List<String> headerLines) throws Exception {
    return send(gateway.uri(OUTBOUND).resolve("/reviews/0"), headerLines);
  }

  /** Sends a request to the sidecar of reviews, and returns it as received at each hop. */
  Map<String, RequestHeaders> sendToReviews(List<String> headerLines) throws Exception {
    return send(reviewsSidecar.uri(INBOUND).resolve("/reviews/0"), headerLines);
  }

  private Map<String, RequestHeaders> send(URI uri, List<String> headerLines) throws Exception {
    assertThat(RawHttp.get(uri, headerLines).status()).isEqualTo(200);
    Map<String, RequestHeaders> hops = new LinkedHashMap<>();
    hops.put("into reviews", intoReviews.next());
    hops.put("out of reviews", outOfReviews.next());
    hops.put("into ratings", intoRatings.next());
    return hops;
  }

  @Override
  public void close() {
    parts.close();
  }
}
