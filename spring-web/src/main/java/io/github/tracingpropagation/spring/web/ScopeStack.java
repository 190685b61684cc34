// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that pairs of callbacks have opened on each thread, where a callback cannot hand its
 * scope to the other one. Each thread has its own stack, which is removed with its last scope, so
 * that no pooled thread retains one. A second callback on another thread closes nothing there.
 */
final class ScopeStack {
  @SuppressWarnings("ThreadLocalUsage") // the few stacks that there are live as long as the JVM
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
