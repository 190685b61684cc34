// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.Environment;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * The settings of the story. Threads may share it.
 *
 * @param requests number of requests in each step
 * @param sampling sampling rate of the third and the fourth step, 0 to 100
 * @param version of reviews: {@code v1}, {@code v2} or {@code v3}
 * @param client that reviews calls ratings with
 * @param propagation of the steps that forward, unless a provider is chosen
 * @param providers whose tracers the sidecars have one after the other; none for Zipkin's
 */
public record StorySettings(
    int requests,
    BigDecimal sampling,
    String version,
    String client,
    TracingPropagation propagation,
    List<Tracer> providers) {
  /** Forwards nothing by a public setting, so that the code of reviews stays the same. */
  static final TracingPropagation NOTHING =
      TracingPropagation.builder().forwardTo(Destinations.hosts("nobody.invalid")).build();

  /** A rate of 1 % is shown by so many requests that about 10 are traced. */
  private static final int EXPECTED_TRACES = 10;

  private static final int MAX_FACTOR = 10;

  /** Returns whether to play the four steps: with one tracer, which reports to Zipkin. */
  boolean hasFourSteps() {
    return providers.size() <= 1 && tracer().reportsToZipkin();
  }

  /** Returns the tracer of the four steps. */
  Tracer tracer() {
    return providers.isEmpty() ? Tracer.ZIPKIN : providers.get(0);
  }

  /** Returns what reviews forwards with this tracer: a chosen provider's headers alone. */
  TracingPropagation forwarding(Tracer tracer) {
    return providers.isEmpty()
        ? propagation
        : TracingPropagation.builder().providers(tracer.provider()).build();
  }

  /** Returns whether reviews calls ratings. */
  boolean callsRatings() {
    return !version.equals("v1");
  }

  /** Returns the environment variables of reviews, which calls ratings at this address. */
  Environment reviews(String ratingsHost, int ratingsPort) {
    return new Environment(
        Map.of(
            "ENABLE_RATINGS",
            Boolean.toString(callsRatings()),
            "STAR_COLOR",
            version.equals("v3") ? "red" : "black",
            "RATINGS_HOSTNAME",
            ratingsHost,
            "RATINGS_SERVICE_PORT",
            Integer.toString(ratingsPort),
            "RATINGS_CLIENT",
            client,
            "HOSTNAME",
            "reviews-" + version));
  }

  /**
   * Returns the number of requests of the third step: enough for about 10 traces, at most ten times
   * as many as in the other steps.
   */
  int sampledRequests() {
    double share = sampling.doubleValue() / 100;
    double enough = share == 0 ? 0 : Math.ceil(EXPECTED_TRACES / share);
    return (int) Math.max(requests, Math.min(enough, (double) MAX_FACTOR * requests));
  }

  /**
   * Returns whether random sampling may select that many. The tolerance is ten standard deviations,
   * so that a correct run fails less than once in a billion.
   */
  boolean isPlausible(int traced) {
    double share = sampling.doubleValue() / 100;
    int all = sampledRequests();
    double deviation = Math.sqrt(all * share * (1 - share));
    double tolerance = deviation == 0 ? 0 : 10 * deviation + 3;
    return Math.abs(traced - all * share) <= tolerance;
  }
}
