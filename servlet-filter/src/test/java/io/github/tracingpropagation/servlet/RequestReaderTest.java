// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which implementation reads the headers of a request. */
class RequestReaderTest {
  private static final List<String> LINES =
      List.of(
          "Accept: text/html",
          "X-Request-Id: abc",
          "x-b3-sampled: 1",
          "X-B3-SAMPLED: 0",
          "tracestate: a=1",
          "traceparent: 00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01",
          "x-ot-span-contexu: no", // as long as a captured name
          "Tracestate: b=2",
          "sw8:",
          "sw8: later",
          "x-our-entity: mine"); // same bucket as x-request-id
  private static final List<String> CAPTURED =
      List.of(
          "x-request-id: abc",
          "x-b3-sampled: 1",
          "traceparent: 00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01",
          "tracestate: a=1,b=2",
          "sw8: later",
          "x-our-entity: mine");

  @TempDir private static Path folder;

  private final Application application = new Application();
  private final Tomcat tomcat = new Tomcat();
  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @AfterEach
  void stop() throws Exception {
    if (tomcat.getServer().getState().isAvailable()) {
      tomcat.stop();
      tomcat.destroy();
    }
    jetty.stop();
  }

  @Test
  void tomcatRequest_isReadFromTomcatHeaders_decodedOrNot() throws Exception {
    URI tomcat = startTomcat();

    assertThat(RawHttp.get(tomcat, LINES).lines()).isEqualTo(CAPTURED);
    assertThat(RawHttp.get(tomcat.resolve("/read"), LINES).lines()).isEqualTo(CAPTURED);
    assertThat(application.headerClasses)
        .hasSize(2)
        .allSatisfy(type -> assertThat(type).isEqualTo(TomcatHeaders.class));
  }

  @Test
  void jettyRequest_isReadFromJettyHeaders() throws Exception {
    URI jetty = startJetty();

    assertThat(RawHttp.get(jetty, LINES).lines()).isEqualTo(CAPTURED);
    assertThat(application.headerClasses).singleElement().isEqualTo(JettyHeaders.class);
  }

  @Test
  void wrapper_isReadThroughItsOverriddenMethods() throws Exception {
    for (URI server : List.of(startTomcat(), startJetty())) {
      assertThat(RawHttp.get(server.resolve("/wrapped"), LINES).lines())
          .containsExactly("x-request-id: of the wrapper");
    }
  }

  @Test
  void linkageError_isReadThroughTheServletApi() throws Exception {
    for (URI server : List.of(startTomcat(), startJetty())) {
      application.reader.factories.clear();
      application.failsToLink = true;
      for (int i = 0; i < 2; i++) {
        assertThat(RawHttp.get(server, LINES).lines()).isEqualTo(CAPTURED);
      }
      assertThat(application.failsToLink).isFalse();
    }
    assertThat(application.headerClasses).isEmpty();
  }

  @Test
  void requestWithoutHeaders_capturesNothing() throws Exception {
    for (URI server : List.of(startTomcat(), startJetty())) {
      assertThat(RawHttp.get(server, List.of()).lines()).isEmpty();
    }
  }

  private URI startTomcat() throws Exception {
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Tomcat.addServlet(tomcat.addContext("", null), "servlet", application).addMapping("/*");
    tomcat.start();
    return URI.create("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/");
  }

  private URI startJetty() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(application), "/*");
    jetty.setHandler(context);
    jetty.start();
    return jetty.getURI();
  }

  private static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient RequestReader reader =
        new RequestReader(TracingPropagation.builder().additionalHeaders("x-our-entity").build());
    private volatile boolean failsToLink;
    private final transient List<Class<?>> headerClasses =
        Collections.synchronizedList(new ArrayList<>());

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String path = request.getRequestURI();
      if (path.equals("/read")) {
        request.getHeaderNames().asIterator().forEachRemaining(request::getHeader);
      }
      HttpServletRequest read = path.equals("/wrapped") ? new Wrapper(request) : request;
      if (failsToLink) {
        failsToLink = false;
        reader.factories.put(
            read.getClass(),
            it -> {
              throw new NoSuchMethodError();
            });
      } else {
        ContainerHeaders headers = reader.containerHeaders(read);
        if (headers != null) {
          headerClasses.add(headers.getClass());
        }
      }
      List<String> lines = new ArrayList<>();
      reader.read(read).forEach((name, value) -> lines.add(name + ": " + value));
      response.getWriter().print(String.join("\n", lines));
    }
  }

  private static final class Wrapper extends HttpServletRequestWrapper {
    Wrapper(HttpServletRequest request) {
      super(request);
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      return Collections.enumeration(List.of("x-request-id"));
    }

    @Override
    public String getHeader(String name) {
      return "of the wrapper";
    }
  }
}
