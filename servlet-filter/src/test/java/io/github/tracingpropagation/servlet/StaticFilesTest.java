// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large files of Tomcat's default servlet: whether the connector sends them ({@code sendfile}),
 * which Tomcat does for requests that nobody has wrapped.
 */
class StaticFilesTest {
  private static final List<String> LINES = List.of("x-request-id: abc");
  private static final String LARGE = "0123456789".repeat(10_000); // more than sendfileSize

  @TempDir private static Path folder;

  private final Tomcat tomcat = new Tomcat();
  private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();

  @BeforeEach
  void writeFile() throws IOException {
    Files.writeString(folder.resolve("large.txt"), LARGE);
  }

  @AfterEach
  void stop() throws Exception {
    tomcat.stop();
    tomcat.destroy();
  }

  @Test
  void fileBehindNoOtherFilter_isSentByTheConnector() throws Exception {
    URI uri = start(app -> map(app, new TracingPropagationFilter()));

    assertThat(sentFile(uri)).endsWith("large.txt");
    assertThat(RawHttp.get(uri.resolve("/api"), LINES).lines())
        .containsExactly("wrapped", LINES.get(0));
  }

  /** Another filter may start async, also before the default servlet. */
  @Test
  void fileBehindAnotherFilter_isCopied() throws Exception {
    URI uri =
        start(
            app -> {
              map(app, new TracingPropagationFilter());
              map(app, (request, response, chain) -> chain.doFilter(request, response));
            });

    assertThat(sentFile(uri)).isEqualTo("null");
  }

  @Test
  void filterOfTheApplicationsServlet_leavesFilesToTheConnector() throws Exception {
    URI uri =
        start(
            app -> {
              add(app, new TracingPropagationFilter())
                  .addMappingForServletNames(EnumSet.allOf(DispatcherType.class), true, "api");
              map(app, (request, response, chain) -> chain.doFilter(request, response));
            });

    assertThat(sentFile(uri)).endsWith("large.txt");
    assertThat(RawHttp.get(uri.resolve("/api"), LINES).lines())
        .containsExactly("wrapped", LINES.get(0));
  }

  @Test
  void subclassOfTheDefaultServlet_isWrapped() throws Exception {
    URI uri = start(app -> map(app, new TracingPropagationFilter()), new Special());

    assertThat(sentFile(uri)).isEqualTo("null");
  }

  /** Returns the file that was left to the connector, or "null". */
  private String sentFile(URI uri) throws Exception {
    assertThat(RawHttp.get(uri.resolve("/large.txt"), LINES).body()).isEqualTo(LARGE);
    return String.valueOf(sent.poll(20, TimeUnit.SECONDS));
  }

  private URI start(Consumer<ServletContext> filters) throws Exception {
    return start(filters, new DefaultServlet());
  }

  private URI start(Consumer<ServletContext> filters, HttpServlet files) throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context app = tomcat.addContext("", folder.toString());
    add(app, "files", files, "/");
    add(app, "api", new Api(), "/api");
    app.addServletContainerInitializer(
        (classes, context) -> {
          context.addListener(new Listener());
          filters.accept(context);
        },
        null);
    tomcat.start();
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  private static void add(Context app, String name, HttpServlet servlet, String path) {
    Wrapper wrapper = Tomcat.addServlet(app, name, servlet);
    wrapper.setAsyncSupported(true);
    wrapper.addMapping(path);
  }

  private static FilterRegistration.Dynamic add(ServletContext app, Filter filter) {
    FilterRegistration.Dynamic added =
        app.addFilter("filter " + app.getFilterRegistrations().size(), filter);
    added.setAsyncSupported(true);
    return added;
  }

  private static void map(ServletContext app, Filter filter) {
    add(app, filter).addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), true, "/*");
  }

  /** Notes which file Tomcat's default servlet has left to the connector. */
  private final class Listener implements ServletRequestListener {
    @Override
    public void requestDestroyed(ServletRequestEvent event) {
      sent.add(
          String.valueOf(
              event.getServletRequest().getAttribute("org.apache.tomcat.sendfile.filename")));
    }
  }

  private static final class Special extends DefaultServlet {
    private static final long serialVersionUID = 1;
  }

  /** Responds with whether its request is wrapped, and with what it would forward. */
  private static final class Api extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().println(TracedRequest.isIn(request) ? "wrapped" : "not wrapped");
      response.getWriter().print(HeaderLines.current(TracingPropagation.create()));
    }
  }
}
