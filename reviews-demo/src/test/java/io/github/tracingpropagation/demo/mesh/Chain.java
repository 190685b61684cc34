// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static io.github.tracingpropagation.demo.mesh.Sidecars.Direction.INBOUND;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A mesh for tests, in which each request is recorded at each hop. */
public final class Chain implements AutoCloseable {
  private final Mesh mesh = new Mesh("test");
  private @Nullable URI reviews;

  /** Starts a chain in which all proxies sample at the same rate. */
  public Chain(Sidecars sidecars, double percent) throws Exception {
    this(sidecars, percent, percent, TracingPropagation.create());
  }

  /** Starts a chain in which the sidecar of reviews samples at another rate. */
  public Chain(
      Sidecars sidecars, double percent, double percentOfReviews, TracingPropagation propagation)
      throws Exception {
    this(sidecars, percent, percentOfReviews, propagation, null, Duration.ofSeconds(10));
  }

  /**
   * Starts a chain.
   *
   * @param percentOfReviews sampling rate of the sidecar of reviews
   * @param propagation of both services
   * @param otherRatings in place of ratings, or null
   * @param timeout of the calls of ratings
   */
  public Chain(
      Sidecars sidecars,
      double percent,
      double percentOfReviews,
      TracingPropagation propagation,
      @Nullable URI otherRatings,
      Duration timeout)
      throws Exception {
    Sidecars changed =
        new Sidecars() {
          @Override
          public Sidecar start(String service, boolean isGateway, double rate, Route... routes)
              throws IOException, InterruptedException {
            if (service.equals(Mesh.RATINGS) && otherRatings != null) {
              Route toOther = new Route(INBOUND, service, otherRatings);
              return sidecars.start(service, isGateway, rate, toOther);
            }
            if (!service.equals(Mesh.REVIEWS)) {
              return sidecars.start(service, isGateway, rate, routes);
            }
            Sidecar sidecar = sidecars.start(service, isGateway, percentOfReviews, routes);
            reviews = sidecar.uri(INBOUND).resolve("/reviews/0");
            return sidecar;
          }

          @Override
          public void close() {
            sidecars.close();
          }
        };
    mesh.start(propagation, "okhttp", timeout, percent, changed);
  }

  /** Sends a request to the gateway, and returns the body of the response. */
  public String body(List<String> headerLines) throws Exception {
    return RawHttp.get(mesh.reviews(0), headerLines).body();
  }

  /** Sends a request to the gateway, and returns it as received at each hop. */
  Map<String, RequestHeaders> sendToGateway(List<String> headerLines) throws Exception {
    return send(mesh.reviews(0), headerLines);
  }

  /** Sends a request to the sidecar of reviews, and returns it as received at each hop. */
  Map<String, RequestHeaders> sendToReviews(List<String> headerLines) throws Exception {
    return send(requireNonNull(reviews), headerLines);
  }

  private Map<String, RequestHeaders> send(URI uri, List<String> headerLines) throws Exception {
    assertThat(RawHttp.get(uri, headerLines).status()).isEqualTo(200);
    Map<String, RequestHeaders> hops = new LinkedHashMap<>();
    hops.put("into reviews", only(mesh.hops().intoReviews));
    hops.put("out of reviews", only(mesh.hops().outOfReviews));
    hops.put("into ratings", only(mesh.hops().intoRatings));
    return hops;
  }

  /** A proxy records a request before it passes it on, so before the response. */
  private static RequestHeaders only(Deque<RequestHeaders> hop) {
    assertThat(hop).hasSize(1);
    return hop.remove();
  }

  @Override
  public void close() {
    mesh.close();
  }
}
