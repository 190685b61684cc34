// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/** Rule 11: whose headers a call forwards. The service answers with the id that it receives. */
@SuppressWarnings("try") // a scope is only there to be closed
class ReactorNettyThreadsTest {
  private static final int CALLS = 2000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String NONE = "none";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final ExecutorService parents = Executors.newFixedThreadPool(16);
  private final DisposableServer ratings =
      HttpServer.create()
          .host("127.0.0.1")
          .route(
              routes ->
                  routes
                      .get(
                          "/id", (request, response) -> response.sendString(Mono.just(id(request))))
                      .get(
                          "/away",
                          (request, response) -> response.sendRedirect(url("localhost", "/back")))
                      .get(
                          "/back",
                          (request, response) ->
                              response.sendRedirect(
                                  url("127.0.0.1", id(request).equals(NONE) ? "/id" : "/leak"))))
          .bindNow();
  private final HttpClient client =
      ReactorNettyTracingPropagation.install(HttpClient.create().followRedirect(true), TO_ADDRESS);

  private static String id(reactor.netty.http.server.HttpServerRequest request) {
    String id = request.requestHeaders().get("x-request-id");
    return id == null ? NONE : id;
  }

  private String url(String host, String path) {
    return "http://" + host + ":" + ratings.port() + path;
  }

  @AfterEach
  void stop() {
    parents.shutdownNow();
    ratings.disposeNow(PATIENCE);
  }

  private Mono<String> call(String path) {
    return client.get().uri(url("127.0.0.1", path)).responseContent().aggregate().asString();
  }

  @Test
  void rule11_callsOfManyRequests_forwardTheirOwnHeaders() throws Exception {
    assertEachForwardsItsOwn(call -> call);
  }

  @Test
  void rule11_laterCallsOfAChain_forwardWhatItsContextHas() throws Exception {
    assertEachForwardsItsOwn(
        call ->
            call.flatMap(
                    first ->
                        call("/away")
                            .map(then -> first.equals(then) ? then : first + ", then " + then))
                .contextWrite(
                    chain -> chain.put(CapturedHeaders.class, CapturedHeaders.current())));
  }

  @Test
  void rule11_laterCallOfAChainWithoutContext_forwardsNothing() {
    assertThat(inRequest("abc", call("/id").flatMap(first -> call("/id")))).isEqualTo(NONE);
  }

  /** Reactor's context is asked first, then the thread. */
  @Test
  void rule11_emptyHeadersOfTheChain_areNotFilledFromTheThread() {
    Mono<String> empty =
        call("/id")
            .contextWrite(chain -> chain.put(CapturedHeaders.class, CapturedHeaders.empty()));

    assertThat(inRequest("another's", empty)).isEqualTo(NONE);
  }

  @Test
  void rule11_anotherRequestCompletesTheChain_itsOwnHeadersAreForwarded() throws Exception {
    Sinks.One<String> sink = Sinks.one();
    CompletableFuture<String> mine;
    try (Scope scope = HeaderLines.captured("x-request-id: mine").makeCurrent()) {
      mine =
          sink.asMono()
              .flatMap(any -> call("/id"))
              .contextWrite(chain -> chain.put(CapturedHeaders.class, CapturedHeaders.current()))
              .toFuture();
    }
    try (Scope scope = HeaderLines.captured("x-request-id: another's").makeCurrent()) {
      sink.tryEmitValue("go");
    }

    assertThat(mine.get(60, SECONDS)).isEqualTo("mine");
  }

  @Test
  void rule12_outsideAnyRequest_passesThrough() {
    assertThat(call("/id").block(PATIENCE)).isEqualTo(NONE);
  }

  private static String inRequest(String id, Mono<String> chain) {
    try (Scope scope = HeaderLines.captured("x-request-id: " + id).makeCurrent()) {
      return requireNonNull(chain.block(PATIENCE));
    }
  }

  /** Each second call is redirected to a foreign host and back; every fifth request has no id. */
  private void assertEachForwardsItsOwn(UnaryOperator<Mono<String>> chain) throws Exception {
    List<Future<String>> calls = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      String id = i % 5 == 0 ? NONE : "id-" + i;
      CapturedHeaders captured =
          i % 5 == 0 ? CapturedHeaders.empty() : HeaderLines.captured("x-request-id: " + id);
      Mono<String> call = call(i % 2 == 0 ? "/away" : "/id");
      calls.add(
          parents.submit(
              captured
                  .storeInContext(Context.root())
                  .wrap(() -> chain.apply(call).block(PATIENCE))));
      expected.add(id);
    }
    List<String> seen = new ArrayList<>();
    for (Future<String> call : calls) {
      seen.add(call.get(60, SECONDS));
    }
    assertThat(seen).isEqualTo(expected);
  }
}
