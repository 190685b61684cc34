// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Captures the tracing headers of each inbound request, and makes them current for the filters and
 * the servlet after it. One instance serves all threads.
 *
 * <p>Register it first, for {@code /*}, for every {@link jakarta.servlet.DispatcherType} and with
 * {@code async-supported}, which the servlets behind it may need. A request is captured once;
 * forwards, includes, error pages and async dispatches see the same headers again.
 *
 * <p>The headers of Tomcat's and Jetty's own requests are read from the container's table, which
 * costs less than the servlet API; those of any other request, a wrapper of another filter among
 * them, through the API.
 *
 * <p>Tasks and listeners that the application hands over to the container ({@link
 * jakarta.servlet.AsyncContext#start}, {@link jakarta.servlet.AsyncListener}, {@link
 * jakarta.servlet.ReadListener}, {@link jakarta.servlet.WriteListener}) run with the context that
 * was current where they were handed over or, on a thread without one, with that of their request.
 * For this the filter hands on wrappers of the request and its response where the request supports
 * async, and otherwise the request and the response themselves.
 */
public final class TracingPropagationFilter implements Filter {
  private static final String CAPTURED = TracingPropagationFilter.class.getName() + ".captured";

  private static final System.Logger LOGGER =
      System.getLogger(TracingPropagationFilter.class.getName());

  private @Nullable RequestReader reader;

  /**
   * Takes the settings from init-params named as the properties of {@link
   * TracingPropagation#fromEnvironment()}, and those that are missing from the environment.
   */
  public TracingPropagationFilter() {}

  /**
   * Takes the settings from code.
   *
   * @param propagation what to capture
   */
  public TracingPropagationFilter(TracingPropagation propagation) {
    reader = new RequestReader(requireNonNull(propagation, "propagation"));
  }

  /**
   * Reads the settings, unless they came from code, and logs at INFO what is in force. Where nobody
   * calls this, the first request reads them from the environment alone.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  @Override
  public void init(FilterConfig config) {
    if (reader == null) {
      reader = new RequestReader(TracingPropagation.fromEnvironment(config::getInitParameter));
    }
    RequestReader installed = reader;
    LOGGER.log(
        Level.INFO,
        () -> "Filter " + config.getFilterName() + " captures with " + installed.propagation());
  }

  @Override
  @SuppressWarnings("try") // a scope is only there to be closed
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest http)) {
      chain.doFilter(request, response);
      return;
    }
    Context context = contextOf(http);
    try (Scope scope = context.makeCurrent()) {
      if (http.isAsyncSupported()
          && response instanceof HttpServletResponse answer
          && !TracedRequest.isIn(request)) {
        TracedResponse traced = new TracedResponse(answer, context);
        chain.doFilter(new TracedRequest(http, traced, context), traced);
      } else {
        chain.doFilter(request, response);
      }
    }
  }

  private Context contextOf(HttpServletRequest request) {
    Context current = Context.current();
    if (request.getAttribute(CAPTURED) instanceof CapturedHeaders earlier) {
      return current.with(earlier);
    }
    Context context = reader().read(request, current);
    request.setAttribute(CAPTURED, CapturedHeaders.from(context));
    return context;
  }

  /** Chains of filters that are no container's, such as MockMvc's, need not call init. */
  private RequestReader reader() {
    RequestReader ready = reader;
    if (ready == null) {
      ready = new RequestReader(TracingPropagation.fromEnvironment());
      reader = ready;
    }
    return ready;
  }
}
