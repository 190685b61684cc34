// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The scopes that callbacks have opened on each thread, for pairs of callbacks that cannot hand a
 * scope from the first to the second. Each thread has its own stack, which is removed with its last
 * scope, so that no pooled thread retains one.
 *
 * <p>A second callback on another thread closes nothing there. A scope that nobody closes is closed
 * together with the one beneath it.
 */
final class ScopeStack {
  @SuppressWarnings("ThreadLocalUsage") // the few stacks that there are live as long as the JVM
  private final ThreadLocal<@Nullable Deque<Opened>> stack = new ThreadLocal<>();

  private record Opened(Object owner, Scope scope) {}

  /** Makes a context current until {@link #close} is called on this thread. */
  @SuppressWarnings("MustBeClosedChecker")
  void open(Object owner, Context context) {
    Deque<Opened> opened = stack.get();
    if (opened == null) {
      opened = new ArrayDeque<>();
      stack.set(opened);
    }
    opened.push(new Opened(owner, context.makeCurrent()));
  }

  /** Closes the owner's last scope on this thread, and returns whether it has one. */
  boolean close(Object owner) {
    Deque<Opened> opened = stack.get();
    if (opened == null || !isIn(opened, owner)) {
      return false;
    }
    Opened last;
    do {
      last = opened.pop();
      last.scope().close();
    } while (last.owner() != owner);
    if (opened.isEmpty()) {
      stack.remove();
    }
    return true;
  }

  private static boolean isIn(Deque<Opened> opened, Object owner) {
    for (Opened scope : opened) {
      if (scope.owner() == owner) {
        return true; // the first one, unless somebody has not closed a scope
      }
    }
    return false;
  }
}
