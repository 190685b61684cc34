// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import io.github.tracingpropagation.testing.InboundContract.Answers;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
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
    this.async = new AsyncPaths(() -> lines("/forward"));
  }

  @Override
  public void onStartup(Set<Class<?>> classes, ServletContext context) {
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

  @Override
  public void destroy() {
    async.stop();
  }

  @Override
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
      case "/error-page" -> response.sendError(HttpServletResponse.SC_CONFLICT);
      case "/originals" -> originals(request.startAsync(), request, response);
      case "/originals/passed" ->
          originals(request.startAsync(request, response), request, response);
      case "/not-started" -> response.getWriter().print(notStarted(request));
      case "/thread" -> response.getWriter().print(Thread.currentThread());
      default -> response.getWriter().print(lines(path));
    }
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
