// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;

/** Work that is handed over to a thread of the container. */
@FunctionalInterface
interface Handover {
  /** Calls the application back. */
  void run() throws IOException;

  /**
   * Returns what the work has to see: the context that is current where it is handed over. A thread
   * without one, such as another pool's, can only mean the request that the work belongs to.
   */
  static Context context(Context ofRequest) {
    Context current = Context.current();
    return current == Context.root() ? ofRequest : current;
  }

  /** Calls back with a context. */
  @SuppressWarnings("try") // a scope is only there to be closed
  static void run(Context context, Handover work) throws IOException {
    try (Scope scope = context.makeCurrent()) {
      work.run();
    }
  }
}
