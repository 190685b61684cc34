// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Captures the headers of a request in the fastest way that its class supports. Thread-safe. */
final class RequestReader {
  private static final ContainerHeaders.Factory UNSUPPORTED = request -> null;

  private final TracingPropagation propagation;

  /** Per filter instance, not static: a static cache would leak web applications' classes. */
  final Map<Class<?>, ContainerHeaders.Factory> factories = new ConcurrentHashMap<>();

  RequestReader(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  TracingPropagation propagation() {
    return propagation;
  }

  /** Returns the request's captured headers, which may be empty. */
  CapturedHeaders read(HttpServletRequest request) {
    try {
      ContainerHeaders headers = containerHeaders(request);
      if (headers != null) {
        return propagation.capture(headers);
      }
    } catch (LinkageError e) {
      factories.put(request.getClass(), UNSUPPORTED); // another release's internals
    }
    return propagation.capture(new ServletApiHeaders(request));
  }

  /** Returns whether the container itself responds with a file, without asynchronous processing. */
  static boolean isStaticFile(HttpServletRequest request) {
    try {
      return request.getClass().getName().equals(TomcatRequest.FACADE)
          && request.getDispatcherType() == DispatcherType.REQUEST
          && TomcatRequest.isStaticFile(request);
    } catch (LinkageError e) {
      return false; // another release's internals
    }
  }

  /** Returns the container's headers, or null if the request's class is not supported. */
  @Nullable ContainerHeaders containerHeaders(HttpServletRequest request) {
    Class<?> type = request.getClass();
    ContainerHeaders.Factory factory = factories.get(type);
    if (factory == null) {
      factory = factory(type);
      factories.put(type, factory);
    }
    return factory.create(request);
  }

  /** Supports only the containers' own classes: a wrapper may override the header methods. */
  private ContainerHeaders.Factory factory(Class<?> type) {
    try {
      return switch (type.getName()) {
        case TomcatRequest.FACADE -> TomcatHeaders.factory(propagation.fields());
        case JettyHeaders.EE10_REQUEST, JettyHeaders.EE11_REQUEST -> JettyHeaders.factory(type);
        default -> UNSUPPORTED;
      };
    } catch (ReflectiveOperationException | LinkageError e) {
      return UNSUPPORTED; // the web application's class loader may hide the container's classes
    }
  }
}
