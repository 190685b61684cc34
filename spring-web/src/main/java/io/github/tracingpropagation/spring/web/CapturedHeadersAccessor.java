// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

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
  private final ScopeStack scopes = new ScopeStack();

  /** For {@link java.util.ServiceLoader}. */
  public CapturedHeadersAccessor() {}

  /**
   * Returns the key in snapshots and in Reactor's context. It is not a string, which another copy
   * of the library would share: that of another web application, in a server that has Reactor once.
   */
  @Override
  public Object key() {
    return CapturedHeaders.class;
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

  /** Hides the thread's headers: the snapshot was taken where no request was known. */
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
