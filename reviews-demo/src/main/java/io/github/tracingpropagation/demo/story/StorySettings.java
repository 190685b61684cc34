// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.envoy.Tracer;
import java.math.BigDecimal;

/**
 * The settings of the story. Threads may share it.
 *
 * @param requests number of requests in each step
 * @param sampling sampling rate of the third and the fourth step, 0 to 100
 * @param version of reviews
 * @param client that reviews calls ratings with
 * @param propagation of the steps that forward
 * @param tracer of the sidecars
 */
public record StorySettings(
    int requests,
    BigDecimal sampling,
    String version,
    String client,
    TracingPropagation propagation,
    Tracer tracer) {

  /** Forwards nothing by a public setting, so that the code of reviews stays the same. */
  static final TracingPropagation NOTHING =
      TracingPropagation.builder().forwardTo(Destinations.hosts("nobody.invalid")).build();

  /** A rate of 1 % is shown by so many requests that about 10 are traced. */
  private static final int EXPECTED_TRACES = 10;

  private static final int MAX_FACTOR = 10;

  /** Returns these settings with another tracer, whose headers alone are forwarded. */
  public StorySettings with(Tracer other) {
    return new StorySettings(
        requests,
        sampling,
        version,
        client,
        TracingPropagation.builder().providers(other.provider()).build(),
        other);
  }

  /** Returns the settings of a mesh. */
  MeshSettings mesh(TracingPropagation forwarding, double percent) {
    return new MeshSettings(version, client, forwarding, tracer, percent);
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

  /** Returns whether reviews calls ratings. */
  boolean callsRatings() {
    return MeshSettings.callsRatings(version);
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
