// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.logging.Level;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The filter's settings and registration, and the requests and exceptions that it leaves alone. */
class RegistrationTest {
  private static final String PROVIDERS = "tracing.propagation.providers";
  private static final List<String> LINES = List.of("x-request-id: abc", "b3: 1", "sw8: x");

  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final ServletContextHandler app = new ServletContextHandler("/");
  private final Application servlet = new Application();
  private final List<Throwable> caughtByEarlierFilter = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
  }

  @Test
  void initParams_overrideSystemProperties() throws Exception {
    FilterHolder filter = new FilterHolder(TracingPropagationFilter.class);
    filter.setInitParameter(PROVIDERS, "zipkin");
    System.setProperty(PROVIDERS, "skywalking");
    try {
      start(filter);
    } finally {
      System.clearProperty(PROVIDERS);
    }

    assertThat(get()).containsExactly("x-request-id: abc", "b3: 1");
  }

  @Test
  void noInitParams_readsSystemProperties() throws Exception {
    System.setProperty(PROVIDERS, "skywalking");
    try {
      start(new FilterHolder(TracingPropagationFilter.class));
    } finally {
      System.clearProperty(PROVIDERS);
    }

    assertThat(get()).containsExactly("x-request-id: abc", "sw8: x");
  }

  @Test
  void init_logsSettingsAndTheirSources() throws Exception {
    FilterHolder filter = new FilterHolder(TracingPropagationFilter.class);
    filter.setName("tracing");
    filter.setInitParameter(PROVIDERS, "zipkin");
    try (Log log = Log.open()) {
      start(filter);

      assertThat(log.messages(Level.INFO))
          .singleElement()
          .asString()
          .startsWith(
              "Filter tracing captures with TracingPropagation{providers=[ZIPKIN] (where it")
          .contains("forward-to=any() (default)");
    }
  }

  @Test
  void rule12_invalidInitParam_failsTheStart() {
    FilterHolder filter = new FilterHolder(TracingPropagationFilter.class);
    filter.setInitParameter(PROVIDERS, "zipkn");

    assertThatThrownBy(() -> start(filter))
        .hasStackTraceContaining(PROVIDERS + "=zipkn: \"zipkn\" is not a provider; allowed: ");
  }

  @Test
  void rule12_requestThatIsNotHttp_passesThrough() throws Exception {
    app.addFilter(
        new FilterHolder(
            (Filter)
                (request, response, chain) ->
                    chain.doFilter(new ServletRequestWrapper(request), response)),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    app.addFilter(
        new FilterHolder(new TracingPropagationFilter()),
        "/*",
        EnumSet.allOf(DispatcherType.class));
    app.addFilter(
        new FilterHolder(
            (Filter)
                (request, response, chain) ->
                    response.getWriter().print(HeaderLines.current(TracingPropagation.create()))),
        "/*",
        EnumSet.of(DispatcherType.REQUEST));
    jetty.setHandler(app);
    jetty.start();

    assertThat(RawHttp.get(jetty.getURI(), LINES).status()).isEqualTo(200);
    assertThat(get()).isEmpty();
  }

  @Test
  void rule12_applicationsException_isPropagatedUnchanged() throws Exception {
    app.addFilter(
        new FilterHolder(
            (Filter)
                (request, response, chain) -> {
                  try {
                    chain.doFilter(request, response);
                  } catch (ServletException e) {
                    caughtByEarlierFilter.add(e);
                  }
                }),
        "/fail",
        EnumSet.of(DispatcherType.REQUEST));
    start(new FilterHolder(new TracingPropagationFilter()));

    RawHttp.get(jetty.getURI().resolve("/fail"), LINES);

    assertThat(caughtByEarlierFilter).containsExactly(servlet.failure);
  }

  private void start(FilterHolder filter) throws Exception {
    app.addFilter(filter, "/*", EnumSet.allOf(DispatcherType.class));
    app.addServlet(new ServletHolder(servlet), "/");
    jetty.setHandler(app);
    jetty.start();
  }

  private List<String> get() throws IOException {
    return RawHttp.get(jetty.getURI(), LINES).lines();
  }

  private static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final ServletException failure = new ServletException("the application's own");

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      if (request.getRequestURI().equals("/fail")) {
        throw failure;
      }
      response.getWriter().print(HeaderLines.current(TracingPropagation.create()));
    }
  }
}
