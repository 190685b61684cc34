// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextStorage;
import io.opentelemetry.context.Scope;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Keeps the captured {@code x-request-id} in the logging context of each thread for which a context
 * is current. The MDC is left alone as long as the captured one stays the same, so that a value
 * which the application has put there itself is kept.
 */
record RequestIdMdc(ContextStorage delegate) implements ContextStorage {
  private static final String KEY = "x-request-id";

  @Override
  @SuppressWarnings("MustBeClosedChecker")
  public Scope attach(Context context) {
    String before = requestId(delegate.current());
    Scope scope = delegate.attach(context);
    String now = requestId(context);
    if (Objects.equals(before, now)) {
      return scope;
    }
    String replaced = MDC.get(KEY);
    set(now);
    return () -> {
      scope.close();
      set(replaced);
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

  private static @Nullable String requestId(@Nullable Context context) {
    return context == null ? null : CapturedHeaders.from(context).requestId();
  }

  private static void set(@Nullable String value) {
    if (value == null) {
      MDC.remove(KEY);
    } else {
      MDC.put(KEY, value);
    }
  }
}
