// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Captures the headers before anything else runs, and leaves them current.
 *
 * <p>Jakarta REST has no filter around a request, so the scope spans two callbacks. The second is
 * the engine's, at the end of what the thread does for the request. It closes the scope only on the
 * thread that opened it. A scope that an engine left open all the same is closed when the next
 * request comes to the thread.
 */
@PreMatching
final class ServerFilter implements ContainerRequestFilter {
  /** First of the request filters and, as those go in reverse order, last of the response's. */
  static final int PRIORITY = Integer.MIN_VALUE;

  /** The property that tells the snapshot of a request. */
  static final String CAPTURED = ServerFilter.class.getName() + ".captured";

  /** What this thread has opened and not closed yet. */
  private static final ThreadLocal<@Nullable Scope> OPEN = new ThreadLocal<>();

  private final TracingPropagation propagation;
  private final BiPredicate<CapturedHeaders, @Nullable Runnable> engine;

  /**
   * Captures in one engine.
   *
   * @param engine takes the snapshot and what closes the filter's scope, or null if none is open;
   *     returns whether it closes it at the end of what this thread does for the request
   */
  ServerFilter(
      TracingPropagation propagation, BiPredicate<CapturedHeaders, @Nullable Runnable> engine) {
    this.propagation = propagation;
    this.engine = engine;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    closeIfOpen(OPEN.get());
    CapturedHeaders captured =
        CapturedHeaders.from(propagation.extract(Context.current(), new RequestHeaders(request)));
    request.setProperty(CAPTURED, captured);
    Scope scope = open(captured);
    boolean opened = scope != Scope.noop();
    if (opened) {
      OPEN.set(scope);
    }
    boolean closes = false;
    try {
      closes = engine.test(captured, opened ? () -> closeIfOpen(scope) : null);
    } finally {
      if (!closes) {
        closeIfOpen(scope);
      }
    }
  }

  /** Makes a snapshot current unless it is already, as beneath the servlet filter. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  static Scope open(CapturedHeaders captured) {
    Context current = Context.current();
    return captured.equals(CapturedHeaders.from(current))
        ? Scope.noop()
        : current.with(captured).makeCurrent();
  }

  private static void closeIfOpen(@Nullable Scope scope) {
    if (scope != null && scope == OPEN.get()) {
      OPEN.remove();
      scope.close();
    }
  }
}
