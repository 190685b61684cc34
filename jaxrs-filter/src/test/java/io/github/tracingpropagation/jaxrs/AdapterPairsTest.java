// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.InboundContract;
import io.github.tracingpropagation.testing.RawHttp;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.ext.RuntimeDelegate;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.glassfish.jersey.server.internal.RuntimeDelegateImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each row of {@link PropagationCase}, over real connections, through each pair of an inbound
 * adapter (servlet filter on Tomcat, Jakarta REST feature on Jersey) and an outbound adapter
 * (OkHttp, Jakarta REST client).
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdapterPairsTest {
  private final TracingPropagation propagation = TracingPropagation.create();
  private final Downstream downstream = Downstream.start();
  private final OkHttpClient okHttp =
      OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
  private Client jaxrs;
  private InboundContract.Server tomcat;
  private HttpServer grizzly;

  @BeforeAll
  void start() throws Exception {
    RuntimeDelegate.setInstance(new RuntimeDelegateImpl()); // another engine's test may have run
    jaxrs = new JerseyClientBuilder().register(new TracingPropagationFeature(propagation)).build();
    Map<String, Call> calls = Map.of("okhttp", this::callByOkHttp, "jaxrs", this::callByJaxrs);
    tomcat = ServletServer.start(new CallingServlet(calls), Map.of(), true, 8);
    grizzly =
        GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"),
            new ResourceConfig()
                .register(new TracingPropagationFeature(propagation))
                .register(new CallingResource(calls)));
  }

  @AfterAll
  void stop() throws Exception {
    tomcat.stop().close();
    grizzly.shutdownNow();
    jaxrs.close();
    okHttp.connectionPool().evictAll();
    downstream.close();
  }

  static Stream<Arguments> pairsAndCases() {
    return Stream.of("servlet", "jaxrs")
        .flatMap(
            inbound ->
                Stream.of("okhttp", "jaxrs")
                    .flatMap(
                        outbound ->
                            PropagationCase.all()
                                .map(row -> Arguments.of(inbound, outbound, row))));
  }

  @ParameterizedTest
  @MethodSource("pairsAndCases")
  void inbound_isForwarded(String inbound, String outbound, PropagationCase row) throws Exception {
    URI server =
        inbound.equals("servlet")
            ? tomcat.uri()
            : URI.create("http://127.0.0.1:" + grizzly.getListener("grizzly").getPort() + "/");
    downstream.reset();

    assertThat(RawHttp.get(server.resolve("/" + outbound), row.in()).status()).isEqualTo(200);
    assertThat(downstream.received()).isEqualTo(row.out());
  }

  private int callByOkHttp() throws IOException {
    Request request = new Request.Builder().url(downstream.uri("/ratings/0").toString()).build();
    try (Response response = okHttp.newCall(request).execute()) {
      return response.code();
    }
  }

  private int callByJaxrs() {
    try (var response = jaxrs.target(downstream.uri("/ratings/0")).request().get()) {
      return response.getStatus();
    }
  }

  /** An outbound call. Returns the status of its response. */
  @FunctionalInterface
  private interface Call {
    int send() throws IOException;
  }

  private static final class CallingServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient Map<String, Call> calls;

    CallingServlet(Map<String, Call> calls) {
      this.calls = calls;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setStatus(requireNonNull(calls.get(request.getRequestURI().substring(1))).send());
    }
  }

  /** Public because Jakarta REST requires it. */
  @Path("/")
  public static final class CallingResource {
    private final Map<String, Call> calls;

    CallingResource(Map<String, Call> calls) {
      this.calls = calls;
    }

    /** Sends the outbound call and returns its status as this response's status. */
    @GET
    @Path("{client}")
    public jakarta.ws.rs.core.Response get(@PathParam("client") String client) throws IOException {
      return jakarta.ws.rs.core.Response.status(requireNonNull(calls.get(client)).send()).build();
    }
  }
}
