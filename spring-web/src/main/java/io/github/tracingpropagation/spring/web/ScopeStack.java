// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A stack of open scopes for each thread, for APIs with one callback that opens a scope and another
 * that closes it. The stack is removed with its last scope, so no pooled thread retains one. A
 * closing callback on another thread closes nothing there.
 */
final class ScopeStack {
  @SuppressWarnings("ThreadLocalUsage") // a few instances, which live as long as the JVM
  private final ThreadLocal<@Nullable Deque<Scope>> stack = new ThreadLocal<>();

  /** Makes a context current until {@link #close} is called on this thread. */
  @SuppressWarnings("MustBeClosedChecker")
  void open(Context context) {
    Deque<Scope> scopes = stack.get();
    if (scopes == null) {
      scopes = new ArrayDeque<>();
      stack.set(scopes);
    }
    scopes.push(context.makeCurrent());
  }

  /** Closes this thread's last scope, if it has one. */
  void close() {
    Deque<Scope> scopes = stack.get();
    if (scopes == null) {
      return;
    }
    scopes.pop().close();
    if (scopes.isEmpty()) {
      stack.remove();
    }
  }
}
