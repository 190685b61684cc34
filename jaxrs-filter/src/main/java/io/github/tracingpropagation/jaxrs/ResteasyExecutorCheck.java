// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * RESTEasy: an asynchronous call forwards nothing unless its executor propagates the caller's
 * context. RESTEasy runs all filters on the executor's thread, where the headers of another request
 * may be current, and offers no callback on the caller's thread; so this filter examines the stack.
 */
final class ResteasyExecutorCheck implements ClientRequestFilter {
  /** Runs before {@link ClientFilter}, which reads the property that it sets. */
  static final int PRIORITY = ClientFilter.PRIORITY - 1;

  /** RESTEasy's class whose methods execute a call. */
  private static final String INVOCATION =
      "org.jboss.resteasy.client.jaxrs.internal.ClientInvocation";

  /** The JDK's task that runs an asynchronous call on an executor. */
  private static final String TASK = "java.util.concurrent.CompletableFuture$AsyncSupply";

  /** RESTEasy's wrappers around an executor. */
  private static final String EXECUTORS = "org.jboss.resteasy.concurrent.";

  /** The classes that are looked up by name. */
  static final List<String> CLASS_NAMES = List.of(INVOCATION, TASK);

  private static final StackWalker STACK = StackWalker.getInstance();

  @Override
  public void filter(ClientRequestContext request) {
    if (STACK.walk(ResteasyExecutorCheck::isCallersContext)) {
      request.removeProperty(ClientFilter.CALLER_CONTEXT); // of an earlier execution
      return;
    }
    request.setProperty(ClientFilter.CALLER_CONTEXT, Context.root());
    OnceLogger.warnNotForwarded(
        "an asynchronous call of RESTEasy runs on an executor that does not propagate the caller's"
            + " OpenTelemetry Context. Build the client with"
            + " executorService(Context.taskWrapping(executor)).");
  }

  /**
   * Returns whether the current context is the caller's: either no task of an executor executes the
   * invocation, or a task that OpenTelemetry's Context has wrapped.
   *
   * @param frames the stack, the innermost frame first
   */
  private static boolean isCallersContext(Stream<StackFrame> frames) {
    Iterator<StackFrame> outwards = frames.iterator();
    String name = "";
    while (outwards.hasNext() && !name.equals(INVOCATION)) {
      name = outwards.next().getClassName();
    }
    while (outwards.hasNext() && name.equals(INVOCATION)) {
      name = outwards.next().getClassName();
    }
    if (!name.equals(TASK)) {
      return true;
    }
    while (outwards.hasNext() && (name.equals(TASK) || name.startsWith(EXECUTORS))) {
      name = outwards.next().getClassName();
    }
    return name.equals(Context.class.getName());
  }
}
