// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.net.URI;
import java.time.Duration;

/** A running HTTP server. Threads may share it. */
public interface Service extends AutoCloseable {
  String LOOPBACK = "127.0.0.1";

  /** How long {@link #close()} waits for the requests in flight. */
  Duration GRACE = Duration.ofSeconds(10);

  int port();

  /** Stops accepting requests and waits for those in flight, at most {@link #GRACE}. */
  @Override
  void close();

  /** Returns the URI of a path for a client on this machine. */
  default URI uri(String path) {
    return URI.create("http://" + LOOPBACK + ":" + port() + path);
  }
}
