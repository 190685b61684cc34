// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.util.Map;

/** Starts reviews on a free port, with a ratings on this machine. */
final class TestReviews {
  private TestReviews() {}

  static Service start(String client, int ratings, TracingPropagation propagation)
      throws IOException {
    Map<String, String> variables =
        Map.of(
            "ENABLE_RATINGS",
            "true",
            "RATINGS_HOSTNAME",
            "127.0.0.1",
            "RATINGS_SERVICE_PORT",
            Integer.toString(ratings),
            "RATINGS_SERVICE_PORT_GRPC",
            Integer.toString(ratings),
            "RATINGS_CLIENT",
            client);
    return ReviewsService.start(
        ServerSettings.local(propagation), ReviewsSettings.from(new Environment(variables)));
  }
}
