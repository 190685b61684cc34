// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.IOException;

/**
 * Ratings answered, but not as agreed. The message is logged, so it has nothing of the response but
 * its status.
 */
@SuppressWarnings("serial") // never serialized
final class RatingsException extends IOException {
  RatingsException(String message) {
    super(message);
  }

  static RatingsException status(int status) {
    return new RatingsException("ratings answered " + status);
  }
}
