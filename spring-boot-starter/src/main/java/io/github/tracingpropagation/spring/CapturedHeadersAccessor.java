// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ThreadLocalAccessor;
import io.opentelemetry.context.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation, and with it Reactor and Spring, carry the captured headers
 * to other threads. Loaded by {@link java.util.ServiceLoader}; any number of threads may share it.
 *
 * <p>It carries the captured headers and not all of OpenTelemetry's context, since that has the
 * current span, too: another accessor may have set a newer one on the other thread.
 */
public final class CapturedHeadersAccessor implements ThreadLocalAccessor<CapturedHeaders> {
  /**
   * The key in snapshots and in Reactor's context. Not a string, which another copy of this class
   * would share: that of another web application, in a server that has Reactor once.
   */
  static final Object KEY = CapturedHeadersAccessor.class;

  private final ScopeStack scopes = new ScopeStack();

  /** For {@link java.util.ServiceLoader}. */
  public CapturedHeadersAccessor() {}

  /**
   * Moves the registered accessor behind all others. A snapshot does not undo what it has set if an
   * accessor throws, as that of observations does if a handler of the application throws; the last
   * one is set when no other can throw any more, and restored first.
   */
  static void moveToTheEnd() {
    ContextRegistry registry = ContextRegistry.getInstance();
    List<ThreadLocalAccessor<?>> all = registry.getThreadLocalAccessors();
    for (int n = 0; n < all.size() - 1; n++) {
      if (all.get(n) instanceof CapturedHeadersAccessor ours) {
        registry.registerThreadLocalAccessor(ours); // which removes it first
      }
    }
  }

  @Override
  public Object key() {
    return KEY;
  }

  /**
   * Returns the captured headers; the empty ones of a request without headers or within a block
   * that forwards nothing; and null where no request is known. Only then Reactor's context remains
   * as it is.
   */
  @Override
  public @Nullable CapturedHeaders getValue() {
    return CapturedHeaders.find(Context.current());
  }

  @Override
  public void setValue(CapturedHeaders value) {
    scopes.open(Context.current().with(value));
  }

  /** Hides what the thread has: the snapshot is of a thread on which no request was known. */
  @Override
  public void setValue() {
    scopes.open(CapturedHeaders.removeFrom(Context.current()));
  }

  @Override
  public void restore(CapturedHeaders previous) {
    scopes.close();
  }

  @Override
  public void restore() {
    scopes.close();
  }
}
