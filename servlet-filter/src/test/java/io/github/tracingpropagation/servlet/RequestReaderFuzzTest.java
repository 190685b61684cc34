// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.catalina.startup.Tomcat;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares {@link ContainerHeaders} with {@link ServletApiHeaders}: both must capture the same from
 * random requests to a real server.
 */
class RequestReaderFuzzTest {
  private static final int CONNECTIONS = 60;
  private static final int REQUESTS_PER_CONNECTION = 50; // Tomcat closes a connection after 100

  private static final TracingPropagation PROPAGATION =
      TracingPropagation.builder()
          .additionalHeaders("baggage", "end-user")
          .maxValueLength(1000)
          .build();
  private static final List<String> NAMES = names();
  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "\t",
          "-",
          "0",
          "1",
          "d",
          "a=1",
          "b=2,c=3",
          "a\tb",
          "caf\u00e9",
          "x".repeat(600),
          "64fe8b2a57d3eff7",
          "80f198ee56343ba864fe8b2a57d3eff7",
          "80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
          "00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01");

  @Test
  void tomcat(@TempDir Path folder) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Tomcat.addServlet(tomcat.addContext("", null), "comparing", new ComparingServlet())
        .addMapping("/*");
    tomcat.start();
    try {
      assertThat(differences(tomcat.getConnector().getLocalPort())).isEmpty();
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void jetty() throws Exception {
    Server jetty = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new ComparingServlet()), "/*");
    jetty.setHandler(context);
    jetty.start();
    try {
      assertThat(differences(jetty.getURI().getPort())).isEmpty();
    } finally {
      jetty.stop();
    }
  }

  /** Returns the requests from which the two implementations capture different headers. */
  private static List<String> differences(int port) throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      try (RawHttp connection = RawHttp.connect(URI.create("http://127.0.0.1:" + port + "/"))) {
        for (int j = 0; j < REQUESTS_PER_CONNECTION; j++) {
          List<String> lines = lines(random);
          RawHttp.Response response = connection.get("/", lines);
          if (response.status() != 200 || !response.body().isEmpty()) {
            differences.add("seed " + seed + ", " + lines + ": " + response.body());
          }
        }
      }
    }
    return differences;
  }

  /** Returns header lines with at most three names, so that names repeat. */
  private static List<String> lines(Random random) {
    List<String> lines = new ArrayList<>();
    int first = random.nextInt(NAMES.size());
    for (int left = random.nextInt(8); left > 0; left--) {
      String name = NAMES.get((first + random.nextInt(3)) % NAMES.size());
      String value = VALUES.get(random.nextInt(VALUES.size()));
      lines.add((random.nextBoolean() ? name : mixedCase(name, random)) + ":" + value);
    }
    return lines;
  }

  private static String mixedCase(String name, Random random) {
    StringBuilder mixedCase = new StringBuilder(name);
    for (int i = 0; i < name.length(); i++) {
      if (random.nextBoolean()) {
        mixedCase.setCharAt(i, Character.toUpperCase(name.charAt(i)));
      }
    }
    return mixedCase.toString();
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(PROPAGATION.fields());
    names.add("accept");
    return names;
  }

  /** Responds with the difference, or with an empty body if there is none. */
  private static final class ComparingServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient RequestReader reader = new RequestReader(PROPAGATION);

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      assertThat(reader.containerHeaders(request)).isNotNull();
      CapturedHeaders fromContainer = reader.read(request);
      CapturedHeaders fromApi = PROPAGATION.capture(new ServletApiHeaders(request));
      if (!fromContainer.equals(fromApi)) {
        response.getWriter().print(headers(fromContainer) + " but " + headers(fromApi));
      }
    }

    private static Map<String, String> headers(CapturedHeaders captured) {
      Map<String, String> headers = new TreeMap<>();
      captured.forEach(headers::put);
      return headers;
    }
  }
}
