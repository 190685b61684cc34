// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.AsyncInvoker;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.cxf.jaxrs.client.WebClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A request never sends a header that the feature added to an earlier execution of it. */
@Timeout(120)
@SuppressWarnings("try") // the scope is only closed
class InvocationReuseTest {
  private static final int USES = 400;
  private static final String FIRST = "x-request-id: [first]";
  private static final List<String> OWN_EACH_TIME = List.of("own", "none", "own");
  private static final List<String> NONE_EACH_TIME = List.of("none", "none", "none");
  private static final List<String> ALLOWED = List.of("own", "none", "not sent");
  private static final List<String> OWN_FIRST_TIME = List.of("own", "none", "none");

  private final ExecutorService threads = Executors.newFixedThreadPool(8);
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private HttpServer echo;

  /** Starts a service that returns the received headers. */
  @BeforeEach
  void start() throws IOException {
    echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    echo.setExecutor(workers);
    echo.createContext(
        "/",
        exchange -> {
          String lines =
              exchange.getRequestHeaders().entrySet().stream()
                  .map(header -> HeaderLines.line(header.getKey(), "" + header.getValue()))
                  .filter(line -> line.startsWith("x-"))
                  .sorted()
                  .collect(Collectors.joining(" "));
          exchange.getResponseHeaders().set("arrived", lines);
          exchange.sendResponseHeaders(200, -1); // a body would be a second packet, and slow
          exchange.close();
        });
    echo.start();
  }

  @AfterEach
  void stop() {
    echo.stop(0);
    threads.shutdownNow();
    workers.shutdownNow();
  }

  @ParameterizedTest
  @EnumSource
  void rule10_invocationExecutedAgain_sendsNoHeaderOfTheFirst(RestClient rest) throws Exception {
    List<String> expected = isResteasy(rest) ? OWN_FIRST_TIME : OWN_EACH_TIME;
    try (Client client = client(rest)) {
      Invocation sync = request(client).buildGet();
      Invocation async = request(client).buildGet();

      assertThat(inTurn(() -> read(sync.invoke()))).isEqualTo(expected);
      assertThat(inTurn(() -> read(async.submit()))).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule10_builderUsedAgain_sendsNoHeaderOfTheFirst(RestClient rest) throws Exception {
    try (Client client = client(rest)) {
      Invocation.Builder builder = request(client);
      AsyncInvoker async = request(client).async();

      assertThat(inTurn(() -> read(builder.get()))).isEqualTo(OWN_EACH_TIME);
      assertThat(inTurn(() -> read(async.get())))
          .isEqualTo(isResteasy(rest) ? OWN_FIRST_TIME : OWN_EACH_TIME);
      assertThat(inTurn(() -> read(builder.rx().get().toCompletableFuture())))
          .isEqualTo(isCxf(rest) ? NONE_EACH_TIME : OWN_EACH_TIME);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule10_invocationExecutedConcurrently_mixesNoHeaders(RestClient rest) throws Exception {
    try (Client client = client(rest)) {
      Invocation sync = request(client).buildGet();
      Invocation async = request(client).buildGet();

      assertThat(atOnce(() -> read(sync.invoke()))).isSubsetOf(ALLOWED);
      assertThat(atOnce(() -> read(async.submit()))).isSubsetOf(ALLOWED);
    }
  }

  @Test
  void rule10_webClientOfCxfUsedAgain_sendsNoHeaderOfTheFirst() throws Exception {
    RestClient.CXF_HTTP_CLIENT.withDefaults();
    WebClient client = WebClient.create(uri(), List.of(new TracingPropagationFeature()));

    assertThat(inTurn(() -> read(client.get()))).isEqualTo(OWN_EACH_TIME);
    assertThat(inTurn(() -> read(client.async().get()))).isEqualTo(OWN_EACH_TIME);
  }

  @Test
  void rule10_headerThatTheApplicationSetSince_isKept() throws Exception {
    AtomicInteger uses = new AtomicInteger();
    ClientRequestFilter application =
        request -> {
          if (uses.incrementAndGet() > 1) {
            request.getHeaders().add("x-request-id", "own");
          }
        };
    try (Client client =
        RestClient.RESTEASY_APACHE
            .withDefaults()
            .register(new TracingPropagationFeature())
            .register(application)
            .build()) {
      Invocation invocation = request(client).buildGet();

      assertThat(use("first", () -> read(invocation.invoke()))).isEqualTo(FIRST);
      assertThat(use("second", () -> read(invocation.invoke()))).isEqualTo("x-request-id: [own]");
    }
  }

  @Test
  void rule10_invocationExecutedAgain_warns() throws Exception {
    try (Log log = Log.open();
        Client client = client(RestClient.RESTEASY_APACHE)) {
      Invocation invocation = request(client).buildGet();

      inTurn(() -> read(invocation.invoke()));

      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client: an Invocation is executed more than"
                  + " once, and its executions may share their headers. Build a new Invocation for"
                  + " each call.");
    }
  }

  /** Executes a request with captured headers, without, and with other ones. */
  private static List<String> inTurn(Callable<String> use) throws Exception {
    List<String> outcomes = new ArrayList<>();
    for (String id : List.of("first", "", "third")) {
      outcomes.add(outcome(id, use));
    }
    return outcomes;
  }

  private List<String> atOnce(Callable<String> use) throws Exception {
    List<Future<String>> uses = new ArrayList<>();
    for (int i = 0; i < USES; i++) {
      String id = i % 5 == 0 ? "" : "id" + i;
      uses.add(threads.submit(() -> outcome(id, use)));
    }
    List<String> outcomes = new ArrayList<>();
    for (Future<String> each : uses) {
      outcomes.add(each.get(30, TimeUnit.SECONDS));
    }
    return outcomes;
  }

  private static String outcome(String id, Callable<String> use) throws Exception {
    String arrived;
    try {
      arrived = use(id, use);
    } catch (Exception e) {
      if (isRaceWithinCxf(e)) {
        return "not sent";
      }
      throw e;
    }
    return arrived.isEmpty()
        ? "none"
        : arrived.equals("x-request-id: [" + id + "]") ? "own" : arrived;
  }

  /**
   * On the JDK's client, one of some 100,000 calls of CXF 4.1.5 and 4.2.3 fails before it is sent:
   * {@code contentLength} reads a field twice, and another thread sets it to null in between.
   */
  private static boolean isRaceWithinCxf(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof NullPointerException
        && root.getStackTrace()[0].getClassName().endsWith("$HttpClientBodyPublisher");
  }

  /** Returns the headers that the service receives. */
  private static String use(String id, Callable<String> use) throws Exception {
    try (Scope scope = HeaderLines.captured("x-request-id: " + id).makeCurrent()) {
      return use.call();
    }
  }

  private static String read(Response response) {
    try (response) {
      return requireNonNullElse(response.getHeaderString("arrived"), "");
    }
  }

  private static String read(Future<Response> call) throws Exception {
    return read(call.get(20, TimeUnit.SECONDS));
  }

  private static boolean isCxf(RestClient rest) {
    return rest.name().startsWith("CXF");
  }

  private static boolean isResteasy(RestClient rest) {
    return rest.name().startsWith("RESTEASY");
  }

  private String uri() {
    return "http://127.0.0.1:" + echo.getAddress().getPort() + "/";
  }

  private static Client client(RestClient rest) {
    return rest.withDefaults().register(new TracingPropagationFeature()).build();
  }

  private Invocation.Builder request(Client client) {
    return client.target(uri()).request();
  }
}
