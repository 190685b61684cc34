// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Captures the headers of a request, in the fastest way that its class allows. Thread-safe. */
final class RequestReader {
  private static final FieldTable.Opener OUT_OF_REACH = request -> null;

  private final TracingPropagation propagation;

  /** Of this filter alone, so that nothing of a web application stays when that is gone. */
  final Map<Class<?>, FieldTable.Opener> openers = new ConcurrentHashMap<>();

  RequestReader(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  TracingPropagation propagation() {
    return propagation;
  }

  Context read(HttpServletRequest request, Context context) {
    try {
      FieldTable table = table(request);
      if (table != null) {
        return propagation.extract(context, table);
      }
    } catch (LinkageError e) {
      openers.put(request.getClass(), OUT_OF_REACH); // a release that has changed its table
    }
    return propagation.extract(context, new RequestHeaders(request));
  }

  /** Returns the request's table, or null if there is none to be had. */
  @Nullable FieldTable table(HttpServletRequest request) {
    Class<?> type = request.getClass();
    FieldTable.Opener opener = openers.get(type);
    if (opener == null) {
      opener = opener(type);
      openers.put(type, opener);
    }
    return opener.open(request);
  }

  /** Finds tables for containers' own requests alone: a wrapper may show other headers. */
  private FieldTable.Opener opener(Class<?> type) {
    try {
      return switch (type.getName()) {
        case TomcatTable.REQUEST -> TomcatTable.opener(propagation.fields());
        case JettyTable.EE10_REQUEST, JettyTable.EE11_REQUEST -> JettyTable.opener(type);
        default -> OUT_OF_REACH;
      };
    } catch (ReflectiveOperationException | LinkageError e) {
      return OUT_OF_REACH; // a web application need not see its container's classes
    }
  }
}
