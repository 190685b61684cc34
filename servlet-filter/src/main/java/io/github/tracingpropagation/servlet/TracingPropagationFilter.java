// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.DispatcherType;
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
 * Captures the tracing headers of each inbound request and makes them current for the rest of the
 * filter chain. Thread-safe.
 *
 * <p>Register it first, for {@code /*}, for every {@link jakarta.servlet.DispatcherType} and with
 * {@code async-supported}: without it, async servlets behind the filter fail. A request is captured
 * once; forwards, includes, error pages and async dispatches see the same headers again, except for
 * a forward or an include within a block that forwards nothing.
 *
 * <p>The headers of Tomcat's and Jetty's own request classes are read from the container's internal
 * list, which costs less than the servlet API; those of any other class, such as another filter's
 * wrapper, through the API.
 *
 * <p>Tasks and listeners that the application passes to the container ({@link
 * jakarta.servlet.AsyncContext#start}, {@link jakarta.servlet.AsyncListener}, {@link
 * jakarta.servlet.ReadListener}, {@link jakarta.servlet.WriteListener}) run with the context that
 * was current when they were passed; if that has no snapshot, with their request's. For this the
 * filter wraps the request and the response if the request supports async, except for a file that
 * Tomcat's default servlet serves behind no other filter.
 */
public final class TracingPropagationFilter implements Filter {
  /** Request attribute: the headers captured at the request's first dispatch. */
  private static final String CAPTURED_ATTRIBUTE =
      TracingPropagationFilter.class.getName() + ".captured";

  private static final System.Logger LOGGER =
      System.getLogger(TracingPropagationFilter.class.getName());

  /** Not volatile: a race only creates an equal reader twice, and a reader is safe to publish. */
  private @Nullable RequestReader reader;

  /**
   * Reads the settings in {@link #init} from init-params named as the properties of {@link
   * TracingPropagation#fromEnvironment()}; a missing one is read from the environment.
   */
  public TracingPropagationFilter() {}

  /**
   * Uses settings from code; init-params are ignored.
   *
   * @param propagation what to capture
   */
  public TracingPropagationFilter(TracingPropagation propagation) {
    reader = new RequestReader(requireNonNull(propagation, "propagation"));
  }

  /**
   * Reads the settings, unless the constructor has set them, and logs them at INFO. If init is not
   * called, the first request reads them from the environment alone.
   *
   * @throws IllegalArgumentException if a setting is invalid
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
  @SuppressWarnings("try") // the scope is only closed
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!(request instanceof HttpServletRequest httpRequest)) {
      chain.doFilter(request, response);
      return;
    }
    Context before = Context.current();
    Context context = contextOf(httpRequest, before);
    try (Scope scope = context.makeCurrent()) {
      if (httpRequest.isAsyncSupported()
          && response instanceof HttpServletResponse httpResponse
          && !TracedRequest.isIn(request)
          && !RequestReader.isStaticFile(httpRequest)) {
        TracedResponse traced = new TracedResponse(httpResponse, context);
        chain.doFilter(new TracedRequest(httpRequest, traced, context), traced);
      } else {
        chain.doFilter(request, response);
      }
    } finally {
      ContextCallback.restore(before);
    }
  }

  /**
   * Returns the current context with the request's headers, captured at its first dispatch, or the
   * current context itself within a block that forwards nothing.
   */
  private Context contextOf(HttpServletRequest request, Context current) {
    if (request.getAttribute(CAPTURED_ATTRIBUTE) instanceof CapturedHeaders earlier) {
      CapturedHeaders around = isNested(request) ? CapturedHeaders.find(current) : null;
      return around != null && around.isEmpty() ? current : current.with(earlier);
    }
    CapturedHeaders captured = reader().read(request);
    request.setAttribute(CAPTURED_ATTRIBUTE, captured);
    return current.with(captured);
  }

  /**
   * Returns whether the application's code around this dispatch may have opened a block. Around an
   * error page or an async dispatch there may be another request's context, such as an agent's.
   */
  private static boolean isNested(ServletRequest request) {
    DispatcherType type = request.getDispatcherType();
    return type != DispatcherType.ERROR && type != DispatcherType.ASYNC;
  }

  /** Reads the settings if init was not called: MockMvc, for example, need not call it. */
  private RequestReader reader() {
    RequestReader initialized = reader;
    if (initialized == null) {
      initialized = new RequestReader(TracingPropagation.fromEnvironment());
      reader = initialized;
    }
    return initialized;
  }
}
