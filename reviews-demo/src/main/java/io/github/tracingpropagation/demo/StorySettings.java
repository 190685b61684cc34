// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.math.BigDecimal;
import java.util.List;

/**
 * How the story is told.
 *
 * @param requests of each step
 * @param sampling the percentage of the third step
 * @param version of reviews
 * @param client that reviews call ratings with
 * @param propagation of the reviews that forward
 */
record StorySettings(
    int requests,
    BigDecimal sampling,
    String version,
    String client,
    TracingPropagation propagation) {

  boolean callsRatings() {
    return Mesh.callsRatings(version);
  }

  /** Returns those that have a part in every trace that is whole. */
  List<String> services() {
    return callsRatings()
        ? List.of(Mesh.GATEWAY, Mesh.REVIEWS, Mesh.RATINGS)
        : List.of(Mesh.GATEWAY, Mesh.REVIEWS);
  }

  /** Whether chance could have sampled so many. It would fail once in a billion stories. */
  boolean isPlausible(int traced) {
    double share = sampling.doubleValue() / 100;
    double deviation = Math.sqrt(requests * share * (1 - share));
    double tolerance = deviation == 0 ? 0 : 10 * deviation + 3;
    return Math.abs(traced - requests * share) <= tolerance;
  }
}
