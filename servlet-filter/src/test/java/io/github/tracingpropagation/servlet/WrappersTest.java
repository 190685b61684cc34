// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wrappers behave like the objects that they wrap, and a request is wrapped once. */
class WrappersTest {
  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));

  @BeforeEach
  void start() throws Exception {
    ServletContextHandler app = new ServletContextHandler("/");
    add(app, "/filtered/*", true);
    add(app, "/twice/*", true);
    add(app, "/twice/*", true);
    add(app, "/not-async/*", false);
    ServletHolder servlet = new ServletHolder(new Application());
    servlet.setAsyncSupported(true);
    app.addServlet(servlet, "/");
    jetty.setHandler(app);
    jetty.start();
  }

  private static void add(ServletContextHandler app, String path, boolean async) {
    FilterHolder filter = new FilterHolder(new TracingPropagationFilter());
    filter.setAsyncSupported(async);
    app.addFilter(filter, path, EnumSet.allOf(DispatcherType.class));
  }

  @AfterEach
  void stop() throws Exception {
    jetty.stop();
  }

  @Test
  void rule12_streams_behaveAsWithoutTheFilter() throws Exception {
    String plain = get("/plain/streams");

    assertThat(plain).hasSizeGreaterThan(100);
    assertThat(get("/filtered/streams")).isEqualTo(plain);
  }

  @Test
  void rule12_nullListener_throwsAsWithoutTheFilter() throws Exception {
    String plain = get("/plain/null");

    assertThat(plain).isNotEmpty();
    assertThat(get("/filtered/null")).isEqualTo(plain);
  }

  @Test
  void rule10_filterTwice_wrapsOnce() throws Exception {
    assertThat(get("/plain/layers")).isEqualTo("0");
    assertThat(get("/filtered/layers")).isEqualTo("1");
    assertThat(get("/twice/layers")).isEqualTo("1");
  }

  @Test
  void rule10_asyncDispatchOfTheApplicationsWrapper_wrapsOnce() throws Exception {
    assertThat(get("/filtered/dispatch")).isEqualTo("1");
    assertThat(get("/twice/dispatch")).isEqualTo("1");
  }

  @Test
  void rule12_filterWithoutAsyncSupport_passesTheRequestUnwrapped() throws Exception {
    assertThat(get("/not-async/layers")).isEqualTo("0");
  }

  private String get(String path) throws IOException {
    try (RawHttp connection = RawHttp.connect(jetty.getURI())) {
      String body = "a line\n0123456789 and so on, for long enough";
      connection.send(path, List.of("content-length: " + body.length()));
      connection.write(body);
      RawHttp.Response response = connection.receive();
      assertThat(response.status()).isEqualTo(200);
      return response.body();
    }
  }

  private static final class Application extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      switch (request.getRequestURI().replaceFirst("/[^/]*", "")) {
        case "/streams" -> copy(request.getInputStream(), response);
        case "/null" -> setNull(request, response);
        case "/dispatch" -> {
          if (request.getDispatcherType() == DispatcherType.REQUEST) {
            request.startAsync(new HttpServletRequestWrapper(request), response).dispatch();
          } else {
            response.getWriter().print(layers(request));
          }
        }
        default -> response.getWriter().print(layers(request));
      }
    }

    private static int layers(ServletRequest request) {
      int layers = request instanceof TracedRequest ? 1 : 0;
      return request instanceof ServletRequestWrapper wrapper
          ? layers + layers(wrapper.getRequest())
          : layers;
    }

    private static void setNull(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      request.startAsync().complete();
      try {
        request.getInputStream().setReadListener(null);
      } catch (NullPointerException e) {
        response.getOutputStream().print("no ReadListener ");
      }
      try {
        response.getOutputStream().setWriteListener(null);
      } catch (NullPointerException e) {
        response.getOutputStream().print("no WriteListener");
      }
    }

    /** Calls every method of both streams, and writes what each returned. */
    private static void copy(ServletInputStream in, HttpServletResponse response)
        throws IOException {
      response.setCharacterEncoding("UTF-8");
      ServletOutputStream out = response.getOutputStream();
      byte[] bytes = new byte[8];
      out.println(in.readLine(bytes, 1, 7) + Arrays.toString(bytes));
      out.println(in.read());
      out.println(in.read(bytes) + Arrays.toString(bytes));
      out.println(in.read(bytes, 3, 2) + Arrays.toString(bytes));
      out.println(in.skip(2));
      out.println(Arrays.toString(in.readNBytes(3)));
      out.println(in.readNBytes(bytes, 0, 4) + Arrays.toString(bytes));
      out.println(in.markSupported() + " " + in.isReady() + " " + in.isFinished());
      in.mark(9);
      out.println(failure(in::reset));
      out.print(in.available() > 0);
      out.println(Arrays.toString(in.readAllBytes()));
      out.println(in.isFinished() + " " + out.isReady());
      out.print("caf\u00e9 \u20ac");
      out.println('c');
      out.println(1L);
      out.println(1.5);
      out.write('w');
      out.write("bytes".getBytes(UTF_8));
      out.write("some bytes".getBytes(UTF_8), 5, 5);
      out.print(response.isCommitted());
      out.flush();
      out.print(response.isCommitted());
      out.close();
      out.print(failure(() -> out.print("after the end")));
    }

    private static String failure(ThrowingCallable call) {
      Throwable thrown = catchThrowable(call);
      return thrown == null ? "none" : thrown.getClass().getName();
    }
  }
}
