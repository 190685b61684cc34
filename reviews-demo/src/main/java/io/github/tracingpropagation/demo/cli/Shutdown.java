// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Graceful shutdown of a process that serves. */
final class Shutdown {
  private Shutdown() {}

  /** Waits for SIGTERM or SIGINT, then closes the services, which finish the requests in flight. */
  static void await(String name, AutoCloseable services, PrintWriter out)
      throws InterruptedException {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  out.println(name + " stops");
                  out.flush();
                  try {
                    services.close();
                  } catch (Exception e) {
                    throw new IllegalStateException(e);
                  }
                }));
    new CountDownLatch(1).await(); // never counted down: the process exits after the hook
  }
}
