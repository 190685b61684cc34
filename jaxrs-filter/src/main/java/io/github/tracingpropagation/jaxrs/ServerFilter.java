// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
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

  /** The scopes that this thread has opened and not closed yet, the innermost first. */
  private static final ThreadLocal<@Nullable OpenScope> OPEN_SCOPES = new ThreadLocal<>();

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
    OpenScope leftOver = OPEN_SCOPES.get();
    if (leftOver != null) {
      leftOver.closeUpTo(null);
    }
    CapturedHeaders captured =
        propagation.capture(InboundHeaders.of(request.getHeaders().entrySet()));
    request.setProperty(CAPTURED, captured);
    OpenScope opened = open(captured);
    boolean registered = false;
    try {
      registered = scopeEnd.register(captured, opened == null ? null : () -> close(opened));
    } finally {
      if (!registered && opened != null) {
        close(opened);
      }
    }
  }

  private static @Nullable OpenScope open(CapturedHeaders captured) {
    CapturedHeaders before = CapturedHeaders.find(Context.current());
    Scope scope = openScope(captured);
    if (scope == Scope.noop()) {
      return null;
    }
    OpenScope opened = new OpenScope(scope, before, OPEN_SCOPES.get());
    OPEN_SCOPES.set(opened);
    return opened;
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

  /** Closes a scope, unless it is closed already or another thread's, and those inside it. */
  private static void close(OpenScope closing) {
    OpenScope innermost = OPEN_SCOPES.get();
    for (OpenScope open = innermost; open != null; open = open.outer) {
      if (open == closing) {
        innermost.closeUpTo(closing);
        return;
      }
    }
  }

  /**
   * A scope that was not closed yet. A request may forward to another one on its thread, in a scope
   * of the application's: OpenTelemetry ignores who closes a scope beneath another one, so it stays
   * here until it can be closed.
   */
  private static final class OpenScope {
    private final Scope scope;
    private final @Nullable CapturedHeaders before;
    private final @Nullable OpenScope outer;

    /**
     * Creates the innermost one of this thread.
     *
     * @param before what was current before
     */
    OpenScope(Scope scope, @Nullable CapturedHeaders before, @Nullable OpenScope outer) {
      this.scope = scope;
      this.before = before;
      this.outer = outer;
    }

    /**
     * Closes this scope and those around it.
     *
     * @param last the outermost one to close, or null for all
     */
    @SuppressWarnings("ReferenceEquality") // an equal snapshot may be another request's
    void closeUpTo(@Nullable OpenScope last) {
      scope.close();
      if (CapturedHeaders.find(Context.current()) != before) {
        return;
      }
      if (outer == null) {
        OPEN_SCOPES.remove();
      } else {
        OPEN_SCOPES.set(outer);
        if (this != last) {
          outer.closeUpTo(last);
        }
      }
    }
  }
}
