// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.service.Environment;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of a mesh.
 *
 * @param version of reviews: {@code v1}, {@code v2} or {@code v3}
 * @param client that reviews calls ratings with
 * @param propagation of both services
 * @param tracer of the sidecars
 * @param percent sampling rate of the sidecars, 0 to 100
 */
record MeshSettings(
    String version, String client, TracingPropagation propagation, Tracer tracer, double percent) {
  /** Returns whether reviews calls ratings. */
  boolean callsRatings() {
    return callsRatings(version);
  }

  /** Returns whether this version of reviews calls ratings. */
  static boolean callsRatings(String version) {
    return !version.equals("v1");
  }

  /** Returns the environment variables of reviews, which calls ratings at this address. */
  Environment reviews(String ratingsHost, int ratingsPort) {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ENABLE_RATINGS", Boolean.toString(callsRatings()));
    variables.put("STAR_COLOR", version.equals("v3") ? "red" : "black");
    variables.put("RATINGS_HOSTNAME", ratingsHost);
    variables.put("RATINGS_SERVICE_PORT", Integer.toString(ratingsPort));
    variables.put("RATINGS_CLIENT", client);
    variables.put("HOSTNAME", "reviews-" + version);
    return new Environment(variables);
  }
}
