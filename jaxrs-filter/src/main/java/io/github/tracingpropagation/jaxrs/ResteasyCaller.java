// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * Keeps an asynchronous call of RESTEasy's client from forwarding what its executor's thread has
 * current, unless the executor hands the caller's context over. RESTEasy runs the filters there,
 * and nothing that an application can register runs on the caller's thread.
 */
final class ResteasyCaller implements ClientRequestFilter {
  /** Before the filter that forwards. */
  static final int PRIORITY = ClientFilter.PRIORITY - 1;

  static final String CLIENT = "org.jboss.resteasy.client.";
  private static final String INVOCATION = CLIENT + "jaxrs.internal.ClientInvocation";
  private static final String TASK = "java.util.concurrent.CompletableFuture$AsyncSupply";
  private static final String EXECUTORS = "org.jboss.resteasy.concurrent.";

  private static final StackWalker STACK = StackWalker.getInstance();

  @Override
  public void filter(ClientRequestContext request) {
    if (STACK.walk(ResteasyCaller::isCallers)) {
      request.removeProperty(ClientFilter.CALLER); // of an earlier use of the invocation
      return;
    }
    request.setProperty(ClientFilter.CALLER, Context.root());
    Once.refused(
        "The executor of RESTEasy's asynchronous calls is not known to hand over the caller's"
            + " context: give the client one of Context.taskWrapping");
  }

  /** Returns whether the current context is the caller's: the task that calls, if any, has it. */
  private static boolean isCallers(Stream<StackFrame> frames) {
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
