// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.InboundContract.Answers;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Responds with the headers that it would forward. The path selects the way: dispatches, async,
 * non-blocking. Each test registers {@code /forward} as the error page of status 409.
 */
final class Application extends HttpServlet implements ServletContainerInitializer {
  private static final long serialVersionUID = 1;

  final transient AsyncPaths async;
  private final transient TracingPropagation propagation;
  private final transient Answers answers;

  Application(TracingPropagation propagation, Answers answers) {
    this.propagation = propagation;
    this.answers = answers;
    this.async = new AsyncPaths(this, () -> lines("/forward"));
  }

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
    add(context, "earlier", this::leaveHeaders, "/dirty");
    add(context, "tracing", new TracingPropagationFilter(propagation), "/*");
    TracingPropagation other =
        TracingPropagation.builder().providers(TracingProvider.SKYWALKING).build();
    add(context, "again", new TracingPropagationFilter(other), "/twice");
    add(context, "later", Application::fail, "/later-filter-fails");
    ServletRegistration.Dynamic servlet = context.addServlet("application", this);
    servlet.setAsyncSupported(true);
    servlet.addMapping("/");
  }

  private static void add(ServletContext context, String name, Filter filter, String path) {
    FilterRegistration.Dynamic registration = context.addFilter(name, filter);
    registration.setAsyncSupported(true);
    registration.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, path);
  }

  private static void fail(Object request, Object response, Object chain) throws ServletException {
    throw new ServletException("the later filter's own");
  }

  /** Makes the headers of another request current, as what leaves its own on the thread does. */
  @SuppressWarnings("try") // the scope is only closed
  private void leaveHeaders(ServletRequest request, ServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    try (Scope left = anotherRequest().makeCurrent()) {
      chain.doFilter(request, response);
    }
  }

  Context anotherRequest() {
    return HeaderLines.extract(propagation, List.of("x-request-id: another"));
  }

  @Override
  public void destroy() {
    async.stop();
  }

  @Override
  @SuppressWarnings("try") // the scope is only closed
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path = request.getRequestURI();
    boolean first = request.getDispatcherType() == DispatcherType.REQUEST;
    if (path.startsWith("/async/") && (first || path.equals("/async/again"))) {
      async.handle(path, request);
      return;
    }
    switch (first ? path : "/forward") {
      case "/forwarded" -> request.getRequestDispatcher("/forward").forward(request, response);
      case "/included" -> request.getRequestDispatcher("/forward").include(request, response);
      case "/forwarded/nothing", "/included/nothing" -> {
        try (Scope nothing = CapturedHeaders.empty().makeCurrent()) {
          RequestDispatcher dispatcher = request.getRequestDispatcher("/forward");
          if (path.startsWith("/forwarded")) {
            dispatcher.forward(request, response);
          } else {
            dispatcher.include(request, response);
          }
        }
      }
      case "/leak" -> leak();
      case "/error-page" -> response.sendError(HttpServletResponse.SC_CONFLICT);
      case "/originals" -> originals(request.startAsync(), request, response);
      case "/originals/passed" ->
          originals(request.startAsync(request, response), request, response);
      case "/not-started" -> response.getWriter().print(notStarted(request));
      case "/thread" -> response.getWriter().print(Thread.currentThread());
      default -> response.getWriter().print(lines(path));
    }
  }

  /** Opens a scope that nobody closes. */
  @SuppressWarnings("MustBeClosedChecker")
  void leak() {
    anotherRequest().makeCurrent();
  }

  private static String notStarted(HttpServletRequest request) {
    try {
      return "an async context: " + request.getAsyncContext();
    } catch (IllegalStateException e) {
      return "refused";
    }
  }

  private static void originals(
      AsyncContext async, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response
        .getWriter()
        .print(
            async.hasOriginalRequestAndResponse()
                && async.getRequest() == request
                && async.getResponse() == response
                && request.getAsyncContext() == async);
    async.complete();
  }

  private String lines(String path) throws IOException {
    try {
      return answers.answer(path);
    } catch (RuntimeException | IOException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
