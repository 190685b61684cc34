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
   * @throws RatingsException if the status is not 200
   * @throws IOException if no response arrives
   */
  byte[] get(int productId) throws IOException;
}
