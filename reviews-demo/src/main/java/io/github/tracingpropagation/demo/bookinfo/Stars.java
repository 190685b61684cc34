// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stars of each reviewer, parsed from the response of ratings; null if it has none. */
record Stars(@Nullable Integer reviewer1, @Nullable Integer reviewer2) {
  static final Stars NONE = new Stars(null, null);

  /**
   * Parses a response body.
   *
   * @throws IOException if it is not of the form that ratings sends
   */
  static Stars read(byte[] json) throws IOException {
    JsonNode answer = Json.read(json);
    JsonNode ratings = answer.path("ratings");
    if (!answer.isObject() || !(ratings.isObject() || ratings.isMissingNode())) {
      throw new RatingsException("ratings are not an object");
    }
    return new Stars(of(ratings.path("Reviewer1")), of(ratings.path("Reviewer2")));
  }

  private static @Nullable Integer of(JsonNode stars) throws IOException {
    if (stars.isMissingNode()) {
      return null;
    }
    if (!stars.canConvertToInt() || !stars.isIntegralNumber()) {
      throw new RatingsException("stars are not a whole number");
    }
    return stars.intValue();
  }
}
