// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Goes through the whole servlet filter, which does more than to read: {@code doFilter}. */
final class FilterHop<C> implements Hop<C>, FilterChain {
  private static final String CAPTURED = TracingPropagationFilter.class.getName() + ".captured";

  private final TracingPropagation propagation = TracingPropagation.create();
  private final TracingPropagationFilter filter = new TracingPropagationFilter(propagation);
  private final TextMapSetter<C> setter;
  private @Nullable C outbound;

  FilterHop(TextMapSetter<C> setter) {
    this.setter = setter;
  }

  @Override
  public void forward(HttpServletRequest inbound, C outbound) {
    this.outbound = outbound;
    try {
      filter.doFilter(inbound, inbound.getAsyncContext().getResponse(), this);
    } catch (IOException | ServletException e) {
      throw new IllegalStateException(e);
    }
    inbound.removeAttribute(CAPTURED); // or the next hop would be a dispatch of this request
  }

  /** The application. */
  @Override
  public void doFilter(ServletRequest request, ServletResponse response) {
    propagation.inject(Context.current(), Client.RATINGS, outbound, setter);
  }
}
