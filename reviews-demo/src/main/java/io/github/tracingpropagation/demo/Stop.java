// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** The end of a process that serves. */
final class Stop {
  private Stop() {}

  /** Waits for a signal (SIGTERM, Ctrl-C), and lets the requests under way finish. */
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
    new CountDownLatch(1).await(); // the process ends with the hook
  }
}
