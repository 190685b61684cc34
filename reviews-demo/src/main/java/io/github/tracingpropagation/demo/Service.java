// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.net.URI;
import java.time.Duration;

/** A server that runs. */
interface Service extends AutoCloseable {
  /** How long the requests under way may take to finish when the service is closed. */
  Duration GRACE = Duration.ofSeconds(10);

  int port();

  /** Takes no more requests, and waits for those under way. */
  @Override
  void close();

  /** Returns where a client on this machine finds a path. */
  default URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }
}
