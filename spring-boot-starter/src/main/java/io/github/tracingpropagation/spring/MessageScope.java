// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;

/** Makes the headers of a message current on the thread of a consumer, which outlives it. */
final class MessageScope implements Scope {
  private final Context before = Context.current();
  private final Context opened;
  private final Scope scope;

  @SuppressWarnings("MustBeClosedChecker") // close does
  MessageScope(CapturedHeaders captured) {
    opened = before.with(captured);
    scope = opened.makeCurrent();
  }

  /** Returns whether this scope was opened directly in another one. */
  boolean isDirectlyIn(MessageScope other) {
    return before == other.opened;
  }

  /**
   * Restores the thread's context: OpenTelemetry ignores the close if the application has left a
   * scope of its own open.
   */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // on a clean thread there is nothing to close
  public void close() {
    scope.close();
    if (Context.current() != before) {
      before.makeCurrent();
    }
  }
}
