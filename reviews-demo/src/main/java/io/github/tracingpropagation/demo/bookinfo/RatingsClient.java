// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.IOException;

/** Calls ratings. Threads may share it. */
interface RatingsClient {
  /** Limit of a response body. A longer one is cut off, which makes it invalid JSON. */
  int MAX_BYTES = 1 << 20;

  /**
   * Returns the body of the response. If the connection fails, the request may be repeated once,
   * since ratings may have closed a connection while it was idle.
   *
   * @throws WrongAnswerException if the status is not 200
   * @throws IOException if no response arrives
   */
  byte[] get(int productId) throws IOException;

  /** Ratings answered, but not as agreed. The message is logged: it has nothing of the answer. */
  @SuppressWarnings("serial") // never serialized
  final class WrongAnswerException extends IOException {
    WrongAnswerException(String message) {
      super(message);
    }

    static WrongAnswerException status(int status) {
      return new WrongAnswerException("ratings answered " + status);
    }
  }
}
