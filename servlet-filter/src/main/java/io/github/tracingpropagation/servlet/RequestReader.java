// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.servlet.http.HttpServletRequest;

/** Captures the headers of a request, in the fastest way that its class allows. Thread-safe. */
final class RequestReader {
  private final TracingPropagation propagation;

  private final ClassValue<FieldTable.Opener> openers =
      new ClassValue<>() {
        @Override
        protected FieldTable.Opener computeValue(Class<?> type) {
          return opener(type);
        }
      };

  RequestReader(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  Context read(HttpServletRequest request, Context context) {
    FieldTable table = openers.get(request.getClass()).open(request);
    return table == null
        ? propagation.extract(context, request, RequestGetter.INSTANCE)
        : propagation.extract(context, table, FieldTable.Getter.INSTANCE);
  }

  /** Finds tables for containers' own requests alone: a wrapper may show other headers. */
  private FieldTable.Opener opener(Class<?> type) {
    try {
      return switch (type.getName()) {
        case TomcatTable.REQUEST -> TomcatTable.opener(propagation.fields());
        case JettyTable.EE10_REQUEST, JettyTable.EE11_REQUEST -> JettyTable.opener(type);
        default -> request -> null;
      };
    } catch (ReflectiveOperationException | LinkageError e) {
      return request -> null; // a web application need not see its container's classes
    }
  }
}
