// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.TracingPropagation;
import java.math.BigDecimal;
import java.util.List;

/**
 * The settings of the story. Threads may share it.
 *
 * @param requests number of requests in each step
 * @param sampling sampling rate of the third and the fourth step, 0 to 100
 * @param version of reviews
 * @param client that reviews calls ratings with
 * @param propagation of the steps that forward
 */
public record StorySettings(
    int requests,
    BigDecimal sampling,
    String version,
    String client,
    TracingPropagation propagation) {

  /** Returns whether reviews calls ratings. */
  boolean callsRatings() {
    return MeshSettings.callsRatings(version);
  }

  /** Returns the services that have a span in every whole trace. */
  List<String> services() {
    return callsRatings()
        ? List.of(Mesh.GATEWAY, Mesh.REVIEWS, Mesh.RATINGS)
        : List.of(Mesh.GATEWAY, Mesh.REVIEWS);
  }

  /**
   * Returns whether random sampling may select that many. The tolerance is ten standard deviations,
   * so that a correct run fails less than once in a billion.
   */
  boolean isPlausible(int traced) {
    double share = sampling.doubleValue() / 100;
    double deviation = Math.sqrt(requests * share * (1 - share));
    double tolerance = deviation == 0 ? 0 : 10 * deviation + 3;
    return Math.abs(traced - requests * share) <= tolerance;
  }
}
