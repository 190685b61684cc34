// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The stars that ratings gave, null for a reviewer without any. */
record Stars(@Nullable Integer reviewer1, @Nullable Integer reviewer2) {
  static final Stars NONE = new Stars(null, null);

  /**
   * Reads an answer of ratings.
   *
   * @throws IOException if it is not what ratings says
   */
  static Stars read(byte[] json) throws IOException {
    JsonNode answer = Json.read(json);
    JsonNode ratings = answer.path("ratings");
    if (!answer.isObject() || !(ratings.isObject() || ratings.isMissingNode())) {
      throw new IOException("ratings are not an object");
    }
    return new Stars(of(ratings.path("Reviewer1")), of(ratings.path("Reviewer2")));
  }

  private static @Nullable Integer of(JsonNode stars) throws IOException {
    if (stars.isMissingNode()) {
      return null;
    }
    if (!stars.canConvertToInt() || !stars.isIntegralNumber()) {
      throw new IOException("stars are not a whole number");
    }
    return stars.intValue();
  }
}
