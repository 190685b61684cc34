// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.AsyncInvoker;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.client.RxInvoker;
import jakarta.ws.rs.client.SyncInvoker;
import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Method;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Returns the captured headers of the code that makes a call, for engines without a callback on its
 * thread.
 *
 * <p>The standard does not say which thread runs a client's filters. RESTEasy runs those of an
 * asynchronous call on the client's executor, CXF all of an {@code rx()} call, and the headers of
 * another request may be current there. So this class examines the stack. Two cases are certain, in
 * any other nothing is forwarded:
 *
 * <ul>
 *   <li>The engine was entered on this thread: the code that calls {@code get()}, {@code invoke()}
 *       or {@code submit()} is on the stack.
 *   <li>A task that OpenTelemetry's {@code Context} has wrapped enters the engine, and the client's
 *       executor is one of {@code Context.taskWrapping}, which wraps where the call is made. One of
 *       {@code context.wrap} has the same frames, but always the same context.
 * </ul>
 */
final class CallersHeaders {
  /** The methods by which applications make calls; also those of RESTEasy and CXF's WebClient. */
  private static final Set<String> METHODS =
      Set.of(
          "get",
          "put",
          "post",
          "delete",
          "head",
          "options",
          "trace",
          "patch",
          "method",
          "invoke",
          "submit",
          "submitCF",
          "form",
          "getCollection",
          "postCollection",
          "postObjectGetCollection",
          "postAndGetCollection",
          "invokeAndGetCollection");

  /** Packages of engines, which also call their own methods: event sources do, on any thread. */
  private static final List<String> ENGINES =
      List.of("org.glassfish.jersey.", "org.jboss.resteasy.", "org.apache.cxf.");

  /** What the methods belong to. */
  private static final List<Class<?>> INVOKERS =
      List.of(Invocation.class, SyncInvoker.class, AsyncInvoker.class, RxInvoker.class);

  /** CXF's proxies and its {@code WebClient} extend it. */
  private static final String CXF_CLIENT = "org.apache.cxf.jaxrs.client.AbstractClient";

  /** The JDK's task by which RESTEasy and CXF run a call on an executor. */
  private static final String TASK = "java.util.concurrent.CompletableFuture$AsyncSupply";

  /** RESTEasy's wrappers around an executor. */
  private static final String EXECUTORS = "org.jboss.resteasy.concurrent.";

  /** The classes that are looked up by name. */
  static final List<String> CLASS_NAMES =
      List.of(CXF_CLIENT, TASK, EXECUTORS + "ContextualExecutorService");

  /** Whether a class, or one that it is nested in, is part of an engine's or a user's invoker. */
  private static final ClassValue<Boolean> IS_INVOKER =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          try {
            Class<?> outer = type.getEnclosingClass();
            return isInvoker(type) || (outer != null && get(outer));
          } catch (LinkageError e) { // the enclosing class is missing
            return true;
          }
        }
      };

  /** The class of OpenTelemetry's executors that wrap each task with the current context. */
  private static final Class<?> TASK_WRAPPING =
      Context.taskWrapping((ExecutorService) ForkJoinPool.commonPool()).getClass();

  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private CallersHeaders() {}

  /** Returns the current headers if they are the caller's; otherwise none, and warns. */
  static CapturedHeaders of(ClientRequestContext request, TracingPropagation propagation) {
    if (STACK.walk(frames -> isCallers(frames.iterator(), request))) {
      return CapturedHeaders.current();
    }
    ClientFilter.LOGGER.notForwarded(
        propagation,
        ClientFilter.CLIENT,
        "an asynchronous call runs on an executor that is not known to propagate the caller's"
            + " OpenTelemetry Context",
        "Build a client of RESTEasy or CXF with executorService(Context.taskWrapping(executor));"
            + " with Jersey, use async() or rx().");
    return CapturedHeaders.empty();
  }

  /**
   * Returns whether the current context is that of the caller.
   *
   * @param outwards the stack, the innermost frame first
   */
  private static boolean isCallers(Iterator<StackFrame> outwards, ClientRequestContext request) {
    boolean called = false; // whether the last invoker was entered by one of its methods
    while (outwards.hasNext()) {
      StackFrame frame = outwards.next();
      String name = frame.getClassName();
      if (IS_INVOKER.get(frame.getDeclaringClass())) {
        called = METHODS.contains(frame.getMethodName()); // not a lambda, which is a task
      } else if (name.startsWith("java.util.concurrent.")) {
        return isWrapped(frame, outwards)
            && (called || TASK_WRAPPING.isInstance(executorOf(request)));
      } else if (called && ENGINES.stream().noneMatch(name::startsWith)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isInvoker(Class<?> type) {
    for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
      if (parent.getName().equals(CXF_CLIENT)) {
        return true;
      }
    }
    return INVOKERS.stream().anyMatch(invoker -> invoker.isAssignableFrom(type));
  }

  /** Returns whether the frames are those of a task that {@code Context} runs. */
  private static boolean isWrapped(StackFrame task, Iterator<StackFrame> outwards) {
    StackFrame frame = task;
    while (outwards.hasNext()
        && (frame.getClassName().equals(TASK) || frame.getClassName().startsWith(EXECUTORS))) {
      frame = outwards.next();
    }
    return frame.getDeclaringClass() == Context.class;
  }

  /**
   * Returns the executor that a client was built with. By reflection, because RESTEasy's classes
   * may not be loadable from here, and its wrapper does not publish what it wraps.
   */
  private static @Nullable Object executorOf(ClientRequestContext request) {
    Client client = request.getClient();
    try {
      if (client.getClass().getName().startsWith("org.apache.cxf.")) {
        return request.getConfiguration().getProperty("executorService");
      }
      Object executor = client.getClass().getMethod("asyncInvocationExecutor").invoke(client);
      Class<?> type = executor.getClass();
      if (!type.getName().startsWith(EXECUTORS)) {
        return executor;
      }
      Method delegate = type.getDeclaredMethod("getDelegate");
      delegate.setAccessible(true);
      return delegate.invoke(executor);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }
}
