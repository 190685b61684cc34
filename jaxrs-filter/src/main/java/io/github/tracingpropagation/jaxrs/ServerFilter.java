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
import org.jspecify.annotations.Nullable;

/**
 * RESTEasy and CXF: captures the headers before any other filter runs, and leaves them current.
 *
 * <p>Jakarta REST has no filter around a request, so the scope cannot be closed in the method that
 * opens it. It stays safe as follows: the engine closes it when the thread has finished with the
 * request; if the engine cannot, this filter closes it at once. It is only ever closed on the
 * thread that opened it, and a scope that was left open is closed when the thread's next request
 * arrives.
 */
@PreMatching
final class ServerFilter implements ContainerRequestFilter {
  /** Runs before all other request filters, so that they see the captured headers. */
  static final int PRIORITY = Integer.MIN_VALUE;

  /** The request property that holds the {@link CapturedHeaders}. */
  static final String CAPTURED = ServerFilter.class.getName() + ".captured";

  /** The scope that this thread has opened and not closed yet. */
  private static final ThreadLocal<@Nullable Scope> OPEN_SCOPE = new ThreadLocal<>();

  private final TracingPropagation propagation;
  private final ScopeEnd scopeEnd;

  /** Where an engine closes the scope. */
  @FunctionalInterface
  interface ScopeEnd {
    /**
     * Registers the close of the filter's scope at the end of this thread's work for the request.
     *
     * @param closeScope null if no scope was opened
     * @return false if the engine offers no such callback here: the caller closes the scope
     */
    boolean register(CapturedHeaders captured, @Nullable Runnable closeScope);
  }

  ServerFilter(TracingPropagation propagation, ScopeEnd scopeEnd) {
    this.propagation = propagation;
    this.scopeEnd = scopeEnd;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    closeIfOpen(OPEN_SCOPE.get());
    CapturedHeaders captured =
        CapturedHeaders.from(propagation.extract(Context.current(), new RequestHeaders(request)));
    request.setProperty(CAPTURED, captured);
    Scope scope = openScope(captured);
    boolean opened = scope != Scope.noop();
    if (opened) {
      OPEN_SCOPE.set(scope);
    }
    boolean registered = false;
    try {
      registered = scopeEnd.register(captured, opened ? () -> closeIfOpen(scope) : null);
    } finally {
      if (!registered) {
        closeIfOpen(scope);
      }
    }
  }

  /**
   * Makes captured headers current.
   *
   * @return {@link Scope#noop()} if they are current already, as beneath the servlet filter
   */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  static Scope openScope(CapturedHeaders captured) {
    Context current = Context.current();
    return captured.equals(CapturedHeaders.find(current))
        ? Scope.noop()
        : current.with(captured).makeCurrent();
  }

  /** Closes a scope if it is this thread's open one: not twice, and not on another thread. */
  private static void closeIfOpen(@Nullable Scope scope) {
    if (scope != null && scope == OPEN_SCOPE.get()) {
      OPEN_SCOPE.remove();
      scope.close();
    }
  }
}
