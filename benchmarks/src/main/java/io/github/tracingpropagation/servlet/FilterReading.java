// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import jakarta.servlet.http.HttpServletRequest;

/** The reading of {@link TracingPropagationFilter} alone, which the filter keeps to itself. */
public final class FilterReading {
  private final RequestReader reader;

  /**
   * Reads what the filter would.
   *
   * @param propagation what to capture
   */
  public FilterReading(TracingPropagation propagation) {
    this.reader = new RequestReader(propagation);
  }

  /**
   * Captures the headers of a request.
   *
   * @param request the container's, or a wrapper
   * @param context what the headers are added to
   * @return the context with the headers
   */
  public Context read(HttpServletRequest request, Context context) {
    return context.with(reader.read(request));
  }
}
