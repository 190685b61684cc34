// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/**
 * A callback that the container runs later, with a context made current around it.
 *
 * @param <E> the checked exceptions of the callback
 */
@FunctionalInterface
interface ContextCallback<E extends Exception> {
  /** Calls the application. */
  void run() throws E;

  /**
   * Returns the context for a callback that is registered now: the current one. If that has no
   * snapshot, as on a thread of the application's own pool, the request's headers are added.
   */
  static Context contextToPropagate(Context requestContext) {
    Context current = Context.current();
    if (current == Context.root()) {
      return requestContext;
    }
    return CapturedHeaders.find(current) == null
        ? current.with(CapturedHeaders.from(requestContext))
        : current;
  }

  /** Runs a callback with a context made current, and restores the thread's own afterwards. */
  @SuppressWarnings("try") // the scope is only closed
  static <E extends Exception> void runWith(Context context, ContextCallback<E> callback) throws E {
    Context before = Context.current();
    try (Scope scope = context.makeCurrent()) {
      callback.run();
    } finally {
      restore(before);
    }
  }

  /**
   * Makes a context current again after its scope was closed: OpenTelemetry ignores the close if
   * the code within has left a scope of its own open.
   */
  @SuppressWarnings("MustBeClosedChecker") // on a clean thread there is nothing to close
  static void restore(Context before) {
    if (Context.current() != before) {
      before.makeCurrent();
    }
  }
}
