// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** One Zipkin for all tests of this JVM, which ends with it; the first test starts it. */
public final class SharedZipkin {
  private static @Nullable Zipkin server;

  private SharedZipkin() {}

  /** Returns the base URI. */
  public static synchronized URI uri() throws IOException, InterruptedException {
    if (server == null) {
      server = Zipkin.start();
    }
    return server.uri();
  }
}
