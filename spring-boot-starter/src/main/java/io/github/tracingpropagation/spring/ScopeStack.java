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
  private final ThreadLocal<@Nullable Deque<Opened>> stack = new ThreadLocal<>();

  private record Opened(Object owner, Scope scope) {}

  /** Makes captured headers current until {@link #close} is called on this thread. */
  @SuppressWarnings("MustBeClosedChecker")
  void open(Object owner, CapturedHeaders captured) {
    Deque<Opened> opened = stack.get();
    if (opened == null) {
      opened = new ArrayDeque<>();
      stack.set(opened);
    }
    opened.push(new Opened(owner, captured.makeCurrent()));
  }

  /** Closes this thread's last scope if it is the owner's, and returns whether it was. */
  boolean close(Object owner) {
    Deque<Opened> opened = stack.get();
    if (opened == null || opened.element().owner() != owner) {
      return false;
    }
    opened.pop().scope().close();
    if (opened.isEmpty()) {
      stack.remove();
    }
    return true;
  }
}
