// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;

class DocsTest {
  @Test
  void embedded() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler app = new ServletContextHandler("/");
    // docs: embedded
    FilterHolder tracing = new FilterHolder(new TracingPropagationFilter(propagation));
    tracing.setAsyncSupported(true);
    app.addFilter(tracing, "/*", EnumSet.allOf(DispatcherType.class));
    // docs: end
    app.addServlet(new Echo(), "/");
    jetty.setHandler(app);
    jetty.start();
    try {
      List<String> lines = List.of("x-request-id: abc");
      assertThat(RawHttp.get(jetty.getURI(), lines).lines()).isEqualTo(lines);
      assertThat(RawHttp.get(jetty.getURI().resolve("/async"), lines).lines()).isEqualTo(lines);
    } finally {
      jetty.stop();
    }
    Docs.assertShows("embedded", DocsTest.class);
  }

  /** The WAR of the host tests has it. */
  @Test
  void webXml() throws Exception {
    List<String> lines =
        Files.readAllLines(Docs.ROOT.resolve("host-tests/war/src/filter/WEB-INF/web.xml"));
    String filter =
        String.join("\n", lines.subList(lines.indexOf("  <filter>"), lines.size() - 1))
            .stripIndent();

    Docs.assertPart("web.xml", List.of(("```xml\n" + filter + "\n```").split("\n", -1)));
  }

  private static final class Echo extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.getWriter().print(HeaderLines.current(TracingPropagation.create()));
      if (request
          .getRequestURI()
          .equals("/async")) { // fails behind a filter that does not allow it
        request.startAsync().complete();
      }
    }
  }
}
