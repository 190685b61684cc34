// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;

/** Calls ratings. */
interface RatingsClient extends AutoCloseable {
  /** More than ratings ever says. What is cut off there is no JSON any more. */
  int MAX_BYTES = 1 << 20;

  /**
   * Returns the body of a 200.
   *
   * @throws IOException for any other answer, or none
   */
  byte[] get(int productId) throws IOException;

  @Override
  void close();
}
