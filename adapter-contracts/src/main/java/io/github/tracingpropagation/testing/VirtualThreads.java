// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Virtual threads (JDK 21 and later), by reflection because the code is compiled for 17. */
public final class VirtualThreads {
  private VirtualThreads() {}

  /** Returns an executor that starts a virtual thread for each task. */
  public static ExecutorService newExecutor() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  /** Returns whether the current thread is virtual. */
  public static boolean isCurrent() {
    return Thread.currentThread().toString().startsWith("VirtualThread[");
  }
}
