// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jboss.resteasy.spi.concurrent.ThreadContext;
import org.jspecify.annotations.Nullable;

/**
 * Takes the caller's context along to the executors of RESTEasy, where the filters of an
 * asynchronous call run. RESTEasy finds it as a service, so it is public; it is not meant to be
 * called. Thread-safe.
 */
public final class ResteasyCaller implements ThreadContext<Context> {
  /** What this thread has opened, the innermost first: a task may run another on its thread. */
  private static final ThreadLocal<@Nullable Opened> OPENED = new ThreadLocal<>();

  /** For RESTEasy. */
  public ResteasyCaller() {}

  @Override
  public Context capture() {
    return Context.current();
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // reset closes it: RESTEasy has it in a finally
  public void push(Context caller) {
    OPENED.set(new Opened(caller.makeCurrent(), OPENED.get()));
  }

  @Override
  public void reset(Context caller) {
    Opened innermost = OPENED.get();
    if (innermost != null) {
      innermost.scope.close();
      if (innermost.outer == null) {
        OPENED.remove();
      } else {
        OPENED.set(innermost.outer);
      }
    }
  }

  private record Opened(Scope scope, @Nullable Opened outer) {}
}
