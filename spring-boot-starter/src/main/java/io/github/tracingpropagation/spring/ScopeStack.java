// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that callbacks have opened on each thread, for pairs of callbacks that cannot hand a
 * scope from the first to the second. Each thread has its own stack, which is removed with its last
 * scope, so that no pooled thread retains one.
 */
final class ScopeStack {
  @SuppressWarnings("ThreadLocalUsage") // the few stacks that there are live as long as the JVM
  private final ThreadLocal<@Nullable Deque<Scope>> scopes = new ThreadLocal<>();

  /** Makes captured headers current until {@link #close} is called on this thread. */
  @SuppressWarnings("MustBeClosedChecker")
  void open(CapturedHeaders captured) {
    Deque<Scope> open = scopes.get();
    if (open == null) {
      open = new ArrayDeque<>();
      scopes.set(open);
    }
    open.push(captured.makeCurrent());
  }

  /** Closes the last scope of this thread, if it has one. */
  void close() {
    Deque<Scope> open = scopes.get();
    if (open != null) {
      open.pop().close();
      if (open.isEmpty()) {
        scopes.remove();
      }
    }
  }
}
