// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the captured {@code x-request-id} of each thread's current context in its logging context.
 * Where the context has none, a value of the application's own stays.
 *
 * <p>Reads the current context after each attach and close, because a scope may ignore a close, or
 * throw: on another thread, out of order, or the second time.
 */
record RequestIdMdc(ContextStorage delegate) implements ContextStorage {
  private static final String KEY = "x-request-id";

  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public Scope attach(Context context) {
    String before = requestId();
    String own = before == null ? MDC.get(KEY) : null;
    Thread thread = Thread.currentThread();
    Scope scope = delegate.attach(context);
    follow(before, own);
    return () -> {
      String closing = requestId();
      try {
        scope.close();
      } finally {
        follow(closing, Thread.currentThread() == thread ? own : null);
      }
    };
  }

  @Override
  public @Nullable Context current() {
    return delegate.current();
  }

  @Override
  public Context root() {
    return delegate.root();
  }

  private @Nullable String requestId() {
    Context current = delegate.current();
    return current == null ? null : CapturedHeaders.from(current).requestId();
  }

  /**
   * Sets the logging context to the current request id.
   *
   * @param before the request id until now
   * @param own what to set in place of that if there is none any more, or null to remove it
   */
  private void follow(@Nullable String before, @Nullable String own) {
    String now = requestId();
    if (now == null && before == null) {
      return;
    }
    String value = now == null ? own : now;
    if (value == null) {
      MDC.remove(KEY);
    } else if (!value.equals(MDC.get(KEY))) { // a put makes Logback copy its map
      MDC.put(KEY, value);
    }
  }
}
