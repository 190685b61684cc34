// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads, by reflection: what is compiled for 17 has no name for them. From JDK 21 on. */
public final class VirtualThreads {
  private VirtualThreads() {}

  /** Returns an executor that starts a virtual thread for each task. */
  public static ExecutorService newExecutor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  /** Tells whether this code runs on a virtual thread. */
  public static boolean isCurrent() {
    return Thread.currentThread().toString().startsWith("VirtualThread[");
  }
}
