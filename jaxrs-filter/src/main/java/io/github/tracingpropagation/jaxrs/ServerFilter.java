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
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Captures the headers before anything else runs, and leaves them current.
 *
 * <p>Jakarta REST has no filter around a request, so the scope spans two callbacks. The second is
 * the engine's, at the end of what the thread does for the request, or else {@link Response}. It
 * closes the scope only on the thread that opened it. One that stayed open all the same is closed
 * when the next request comes to the thread.
 */
@PreMatching
final class ServerFilter implements ContainerRequestFilter {
  /** First of the request filters and, as those go in reverse order, last of the response's. */
  static final int PRIORITY = Integer.MIN_VALUE;

  /** The property that tells the snapshot of a request. */
  static final String CAPTURED = ServerFilter.class.getName() + ".captured";

  private static final String OPENED = ServerFilter.class.getName() + ".opened";

  /** What this thread has opened and not closed yet. */
  private static final ThreadLocal<@Nullable Scope> OPEN = new ThreadLocal<>();

  private final TracingPropagation propagation;
  private final BiConsumer<Context, Runnable> engine;

  /**
   * Captures in one engine.
   *
   * @param engine takes what is current from now on, and what closes its scope
   */
  ServerFilter(TracingPropagation propagation, BiConsumer<Context, Runnable> engine) {
    this.propagation = propagation;
    this.engine = engine;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // the second callback closes it: see above
  public void filter(ContainerRequestContext request) {
    closeIfOpen(OPEN.get());
    Context current = Context.current();
    Context context = propagation.extract(current, new RequestHeaders(request));
    CapturedHeaders captured = CapturedHeaders.from(context);
    request.setProperty(CAPTURED, captured);
    if (captured.equals(CapturedHeaders.from(current))) {
      return; // beneath the servlet filter, or nothing to see
    }
    Scope scope = context.makeCurrent();
    OPEN.set(scope);
    request.setProperty(OPENED, scope);
    engine.accept(context, () -> closeIfOpen(scope));
  }

  private static void closeIfOpen(@Nullable Object scope) {
    if (scope instanceof Scope open && open == OPEN.get()) {
      OPEN.remove();
      open.close();
    }
  }

  /** The second callback where the engine has none: it may not come, or on another thread. */
  static final class Response implements ContainerResponseFilter {
    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
      closeIfOpen(request.getProperty(OPENED));
    }
  }
}
