// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;

/** A callback that the container runs later, with a context made current around it. */
@FunctionalInterface
interface ContextCallback {
  /** Calls the application. */
  void run() throws IOException;

  /**
   * Returns the context for a callback that is registered now: the current one, or the request's if
   * the thread has none, such as a thread of the application's own pool.
   */
  static Context contextToPropagate(Context requestContext) {
    Context current = Context.current();
    return current == Context.root() ? requestContext : current;
  }

  /** Runs a callback with a context made current, and restores the thread's own afterwards. */
  @SuppressWarnings("try") // the scope is only closed
  static void runWith(Context context, ContextCallback callback) throws IOException {
    try (Scope scope = context.makeCurrent()) {
      callback.run();
    }
  }
}
