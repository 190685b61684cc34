// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jaxrs.TracingPropagationFeature;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.PropagationCase;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The propagation table, over real connections, through each inbound and each outbound adapter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterPairsTest {
  private final TracingPropagation propagation = TracingPropagation.create();
  private final Downstream downstream = Downstream.start();
  private final URI ratings = downstream.uri("/ratings");
  private final Map<String, RatingsClient> clients =
      Map.of(
          "okhttp", OkHttpRatings.create(ratings, Duration.ofSeconds(10), propagation),
          "jaxrs", JaxrsRatings.create(ratings, Duration.ofSeconds(10), propagation));
  private final Server jetty =
      new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  private final HttpServer grizzly =
      GrizzlyHttpServerFactory.createHttpServer(
          URI.create("http://127.0.0.1:0/"),
          new ResourceConfig()
              .register(new TracingPropagationFeature(propagation))
              .register(new Resource(clients)));

  @BeforeAll
  void startJetty() throws Exception {
    ServletContextHandler app = new ServletContextHandler("/");
    app.addFilter(
        new FilterHolder(new TracingPropagationFilter(propagation)),
        "/*",
        EnumSet.allOf(DispatcherType.class));
    app.addServlet(new ServletHolder(new Servlet(clients)), "/");
    jetty.setHandler(app);
    jetty.start();
  }

  @AfterAll
  void stop() throws Exception {
    jetty.stop();
    grizzly.shutdownNow();
    clients.values().forEach(RatingsClient::close);
    downstream.close();
  }

  static Stream<Arguments> pairsAndCases() {
    return Stream.of("servlet", "jaxrs")
        .flatMap(in -> Stream.of("okhttp", "jaxrs").map(out -> List.of(in, out)))
        .flatMap(
            pair -> PropagationCase.all().map(row -> Arguments.of(pair.get(0), pair.get(1), row)));
  }

  @ParameterizedTest
  @MethodSource("pairsAndCases")
  void inbound_isForwarded(String inbound, String outbound, PropagationCase row) throws Exception {
    URI server =
        inbound.equals("servlet")
            ? jetty.getURI()
            : URI.create("http://127.0.0.1:" + grizzly.getListener("grizzly").getPort() + "/");
    downstream.reset();

    assertThat(RawHttp.get(server.resolve("/" + outbound), row.in()).status()).isEqualTo(200);
    assertThat(downstream.received()).isEqualTo(row.out());
  }

  private static final class Servlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Map<String, RatingsClient> clients;

    Servlet(Map<String, RatingsClient> clients) {
      this.clients = clients;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      call(clients, request.getRequestURI().substring(1));
    }
  }

  /** Public for Jakarta REST. */
  @Path("/")
  public static final class Resource {
    private final Map<String, RatingsClient> clients;

    Resource(Map<String, RatingsClient> clients) {
      this.clients = clients;
    }

    /** Calls ratings. */
    @GET
    @Path("{client}")
    public String get(@PathParam("client") String client) throws IOException {
      return call(clients, client);
    }
  }

  private static String call(Map<String, RatingsClient> clients, String client) throws IOException {
    RatingsClient ratings = clients.get(client);
    if (ratings == null) {
      throw new IOException("no such client: " + client);
    }
    return "called for " + ratings.get(0).length + " bytes";
  }
}
