// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The headers of the thread that creates a task, for the thread that runs it.
 *
 * @param captured null if that thread has none; then they are hidden on the other thread, too
 */
@SuppressWarnings("try") // scopes are only closed
record Binding(@Nullable CapturedHeaders captured) {

  static Binding ofThisThread() {
    return new Binding(CapturedHeaders.find(Context.current()));
  }

  /**
   * Returns false for a task that must stay as it is: a comparable one, which a queue may order,
   * and those of Reactor and coroutines, which the thread of another request may submit, and which
   * have contexts of their own.
   */
  static boolean canBind(Object task) {
    String type = task.getClass().getName();
    return !(task instanceof Comparable)
        && !type.startsWith("reactor.core.scheduler.")
        && !type.startsWith("kotlinx.coroutines.");
  }

  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  Scope makeCurrent() {
    Context current = Context.current();
    return (captured == null ? CapturedHeaders.removeFrom(current) : current.with(captured))
        .makeCurrent();
  }

  Runnable bind(Runnable task) {
    return () -> {
      try (Scope scope = makeCurrent()) {
        task.run();
      }
    };
  }

  <T> Callable<T> bind(Callable<T> task) {
    return () -> {
      try (Scope scope = makeCurrent()) {
        return task.call();
      }
    };
  }

  <T> Supplier<T> bind(Supplier<T> task) {
    return () -> {
      try (Scope scope = makeCurrent()) {
        return task.get();
      }
    };
  }
}
