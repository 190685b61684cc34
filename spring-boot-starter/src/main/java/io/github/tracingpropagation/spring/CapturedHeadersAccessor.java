// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.micrometer.context.ThreadLocalAccessor;
import io.opentelemetry.context.Context;
import org.jspecify.annotations.Nullable;

/**
 * Lets Micrometer's context propagation, and with it Reactor and Spring, carry the captured headers
 * to other threads. Loaded by {@link java.util.ServiceLoader}; any number of threads may share it.
 *
 * <p>It carries the captured headers and not all of OpenTelemetry's context, since that has the
 * current span, too: another accessor may have set a newer one on the other thread.
 */
public final class CapturedHeadersAccessor implements ThreadLocalAccessor<CapturedHeaders> {
  /** The key in snapshots and in Reactor's context. */
  static final String KEY = "io.github.tracingpropagation.captured-headers";

  private final ScopeStack scopes = new ScopeStack();

  /** For {@link java.util.ServiceLoader}. */
  public CapturedHeadersAccessor() {}

  @Override
  public Object key() {
    return KEY;
  }

  /**
   * Returns the captured headers, the empty ones within a block that forwards nothing, and null on
   * a thread without any context: only then a snapshot leaves Reactor's context as it is.
   */
  @Override
  public @Nullable CapturedHeaders getValue() {
    return Context.current() == Context.root() ? null : CapturedHeaders.current();
  }

  @Override
  public void setValue(CapturedHeaders value) {
    scopes.open(this, value);
  }

  @Override
  public void setValue() {
    scopes.open(this, CapturedHeaders.empty());
  }

  @Override
  public void restore(CapturedHeaders previous) {
    scopes.close(this);
  }

  @Override
  public void restore() {
    scopes.close(this);
  }
}
