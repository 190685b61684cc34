// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.ExecutorRecorder;
import io.quarkus.virtual.threads.VirtualThreadsRecorder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.container.AsyncResponse;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveContainerRequestContext;

/**
 * As {@link OwnContext}, where a filter of Quarkus REST waits, or a blocking method whose result
 * arrives later. Runs after all other filters.
 */
public final class OwnContextFilter {
  /** For Quarkus, which finds it in each application. */
  public OwnContextFilter() {}

  /**
   * Called by Quarkus REST for each request. No {@code ContainerRequestFilter}: classic RESTEasy
   * would create it, too, and fail, since it has not these classes.
   *
   * @param context the request
   */
  @ServerRequestFilter(priority = Integer.MAX_VALUE)
  public void filter(ResteasyReactiveContainerRequestContext context) {
    if (context.getServerRequestContext() instanceof ResteasyReactiveRequestContext request) {
      Context own = OwnContext.of(request.unwrap(RoutingContext.class));
      boolean blocking = BlockingOperationControl.isBlockingAllowed();
      if (own != null && (own != Vertx.currentContext() || (blocking && isAsync(request)))) {
        Executor executor = blocking ? executor() : Runnable::run;
        request.suspend();
        // With an executor: without one, this very thread may go on. Quarkus uses it again where
        // the result of the method arrives.
        request.resume(next -> own.runOnContext(nothing -> executor.execute(next)));
      }
    }
  }

  /**
   * Returns the executor of this thread. By the name of its class: {@code Thread.isVirtual} needs
   * JDK 21, and the threads of the pool are of other classes in production than in tests.
   */
  private static Executor executor() {
    return Thread.currentThread().getClass().getName().endsWith("VirtualThread")
        ? VirtualThreadsRecorder.getCurrent()
        : ExecutorRecorder.getCurrent();
  }

  /** Returns whether another request may complete the result of the method. */
  private static boolean isAsync(ResteasyReactiveRequestContext request) {
    Method method = request.getResteasyReactiveResourceInfo().getMethod();
    Class<?> result = method.getReturnType();
    return Uni.class.isAssignableFrom(result)
        || CompletionStage.class.isAssignableFrom(result)
        || Flow.Publisher.class.isAssignableFrom(result)
        || List.of(method.getParameterTypes()).contains(AsyncResponse.class);
  }
}
