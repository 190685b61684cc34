// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import org.jspecify.annotations.Nullable;

/**
 * Captures the headers before anything else runs, and closes the scope after everything else.
 *
 * <p>The scope spans two callbacks, because Jakarta REST has no filter around a request. The second
 * may run on another thread, or not at all. It closes the scope only on the thread that opened it;
 * a scope that stayed open is closed when the next request comes to its thread.
 */
@PreMatching
final class ServerFilter implements ContainerRequestFilter, ContainerResponseFilter {
  /** First of the request filters and, as those go in reverse order, last of the response's. */
  static final int PRIORITY = Integer.MIN_VALUE;

  private static final String OPENED = ServerFilter.class.getName() + ".opened";

  /** What this thread has opened and not closed yet. */
  private static final ThreadLocal<@Nullable Scope> OPEN = new ThreadLocal<>();

  private final TracingPropagation propagation;

  ServerFilter(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the response filter closes it: see above
  public void filter(ContainerRequestContext request) {
    closeScope(OPEN.get());
    Context current = Context.current();
    Context context = propagation.extract(current, request, RequestGetter.INSTANCE);
    if (CapturedHeaders.from(context).equals(CapturedHeaders.from(current))) {
      return; // beneath the servlet filter, or nothing to see
    }
    Scope scope = context.makeCurrent();
    OPEN.set(scope);
    request.setProperty(OPENED, scope);
  }

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    Scope scope = OPEN.get();
    if (scope != null && scope == request.getProperty(OPENED)) {
      closeScope(scope);
    }
  }

  private void closeScope(@Nullable Scope scope) {
    if (scope != null) {
      OPEN.remove();
      scope.close();
    }
  }
}
