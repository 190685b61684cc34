// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.testing.Docs;
import io.helidon.http.HeaderNames;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.WebClient;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class HelidonTest extends FrameworkContract {
  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private final Executor wrapped = Context.taskWrapping(pool);

  private WebServer server;
  private WebClient client;
  private volatile CompletableFuture<String> future = new CompletableFuture<>();

  @Override
  URI start() {
    HttpRouting.Builder routing = HttpRouting.builder();
    capture(routing, TO_ADDRESS);
    routing.get("/*", (request, response) -> response.send(answer(request)));
    server = WebServer.builder().host("127.0.0.1").port(0).routing(routing).build().start();
    client = client(TO_ADDRESS);
    return URI.create("http://127.0.0.1:" + server.port());
  }

  private static void capture(HttpRouting.Builder routing, TracingPropagation propagation) {
    // docs: helidon inbound
    routing.addFilter(
        (chain, request, response) -> {
          InboundHeaders headers =
              InboundHeaders.of(
                  request.headers().stream()
                      .map(header -> Map.entry(header.name(), header.allValues()))
                      .toList());
          try (Scope scope = propagation.capture(headers).makeCurrent()) {
            chain.proceed();
          }
        });
    // docs: end
  }

  private static WebClient client(TracingPropagation propagation) {
    // docs: helidon outbound
    WebClient client =
        WebClient.builder()
            .addService(
                (chain, request) -> {
                  propagation.inject(CapturedHeaders.current(), new HelidonHop(request));
                  return chain.proceed(request);
                })
            .build(); // once
    // docs: end
    return client;
  }

  @Override
  void stop() {
    server.stop();
    pool.shutdownNow();
  }

  @Override
  List<String> paths() {
    return List.of("/calls", "/wrapped");
  }

  @Override
  String away() {
    return NONE; // followed, and the second host got nothing
  }

  private String answer(ServerRequest request) throws Exception {
    switch (request.path().path()) {
      case "/calls":
        return calls();
      case "/wrapped":
        return CompletableFuture.supplyAsync(this::calls, wrapped).get(60, SECONDS);
      case "/pool":
        return CompletableFuture.supplyAsync(() -> get("/id"), pool).get(60, SECONDS);
      case "/away":
        return get("/away");
      case "/host":
        return text(call("/id").header(HeaderNames.HOST, "localhost"));
      case "/foreign":
        return text(client.get(ratings.foreign() + "/id").header(HeaderNames.HOST, "127.0.0.1"));
      case "/nothing":
        try (Scope block = CapturedHeaders.empty().makeCurrent()) {
          return get("/id");
        }
      case "/parked":
        waiting.add("parked");
        future.get(60, SECONDS);
        return get("/id");
      default:
        CompletableFuture<String> completed = future;
        future = new CompletableFuture<>();
        completed.complete("go");
        return "completed";
    }
  }

  private String calls() {
    return get("/id") + "," + get("/id");
  }

  private String get(String path) {
    return text(call(path));
  }

  private HttpClientRequest call(String path) {
    return client.get(ratings.uri().resolve(path).toString());
  }

  private static String text(HttpClientRequest call) {
    return call.requestEntity(String.class);
  }

  @Test
  void unwrappedPool_forwardsNothing() throws Exception {
    assertThat(get("/pool", "mine")).isEqualTo(NONE);
  }

  @Test
  void rule11_futureThatAnotherRequestCompletes_forwardsItsOwn() throws Exception {
    assertThat(completedByAnother("/parked", "mine", "another's")).isEqualTo("mine");
  }

  @Test
  void docs() throws Exception {
    Docs.assertShows("helidon hop", HelidonHop.class);
    Docs.assertShows("helidon inbound", HelidonTest.class);
    Docs.assertShows("helidon outbound", HelidonTest.class);
  }
}
