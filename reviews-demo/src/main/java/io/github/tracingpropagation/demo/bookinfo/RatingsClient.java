// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Calls ratings. Threads may share it. */
interface RatingsClient extends AutoCloseable {
  /** Limit of a response body. A longer one is cut off, which makes it invalid JSON. */
  int MAX_BYTES = 1 << 20;

  /**
   * Returns the stars by reviewer. If the connection fails, the request may be repeated once, since
   * ratings may have closed a connection while it was idle.
   *
   * @throws WrongAnswerException if the answer is not as agreed
   * @throws IOException if no answer arrives
   */
  Map<String, Integer> stars(int productId) throws IOException;

  @Override
  default void close() {}

  /** Returns the stars by reviewer in an answer by HTTP. */
  static Map<String, Integer> parse(int status, InputStream body) throws IOException {
    if (status != 200) {
      throw new WrongAnswerException("ratings answered " + status);
    }
    JsonNode answer = Json.read(body.readNBytes(MAX_BYTES));
    JsonNode ratings = answer.path("ratings");
    if (!answer.isObject() || !(ratings.isObject() || ratings.isMissingNode())) {
      throw new WrongAnswerException("ratings are not an object");
    }
    return parse(ratings);
  }

  /** Returns the stars by reviewer in the JSON of the ratings alone. */
  static Map<String, Integer> parse(JsonNode ratings) throws WrongAnswerException {
    Map<String, Integer> stars = new HashMap<>();
    for (String reviewer : List.of("Reviewer1", "Reviewer2")) {
      JsonNode value = ratings.path(reviewer);
      if (value.isInt()) {
        stars.put(reviewer, value.intValue());
      } else if (!value.isMissingNode()) {
        throw new WrongAnswerException("stars are not a whole number");
      }
    }
    return stars;
  }

  /** Ratings answered, but not as agreed. The message is logged: it has nothing of the answer. */
  @SuppressWarnings("serial") // never serialized
  final class WrongAnswerException extends IOException {
    WrongAnswerException(String message) {
      super(message);
    }
  }
}
