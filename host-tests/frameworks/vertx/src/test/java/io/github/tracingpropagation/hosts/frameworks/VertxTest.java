// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class VertxTest extends FrameworkContract {
  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  private Vertx vertx;
  private WebClient client;
  private WebClient silent;
  private volatile Promise<String> promise;

  @Override
  URI start() throws Exception {
    vertx = vertx(TO_ADDRESS);
    client = WebClient.create(vertx);
    // docs: vert.x nothing
    silent = WebClient.create(vertx, policy(TracingPolicy.IGNORE)); // forwards nothing
    // docs: end
    promise = Promise.promise();
    HttpServer server =
        vertx
            .createHttpServer()
            .requestHandler(this::handle)
            .listen(0, "127.0.0.1")
            .await(60, SECONDS);
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  private static Vertx vertx(TracingPropagation propagation) {
    // docs: vert.x application
    Vertx vertx =
        Vertx.builder().withTracer(options -> new ForwardingTracer(propagation)).build(); // once
    // docs: end
    return vertx;
  }

  private static WebClientOptions policy(TracingPolicy policy) {
    WebClientOptions options = new WebClientOptions();
    options.setTracingPolicy(policy);
    return options;
  }

  @Override
  void stop() throws Exception {
    vertx.close().await(60, SECONDS);
    pool.shutdownNow();
  }

  @Override
  List<String> paths() {
    return List.of("/calls", "/timer", "/blocking");
  }

  @Override
  String away() {
    return NONE; // followed, and the second host got nothing
  }

  private void handle(HttpServerRequest request) {
    Future<String> answer =
        switch (request.path()) {
          case "/calls" -> calls();
          case "/timer" -> vertx.timer(5, MILLISECONDS).compose(any -> calls());
          case "/blocking" -> vertx.executeBlocking(() -> "").compose(any -> calls());
          case "/pool" -> onPool();
          case "/away" -> get(client, "/away");
          case "/host" -> text(call(client, "/id").virtualHost("localhost"));
          case "/foreign" ->
              text(client.getAbs(ratings.foreign() + "/id").virtualHost("127.0.0.1"));
          case "/nothing" -> get(silent, "/id");
          case "/parked" -> promise.future().compose(any -> get(client, "/id"));
          case "/parked-own" -> onOwnContext(promise.future()).compose(any -> get(client, "/id"));
          default -> Future.succeededFuture("completed");
        };
    answer.onComplete(
        body -> request.response().end(body),
        failure -> request.response().setStatusCode(500).end(failure.toString()));
    if (request.path().equals("/complete")) {
      Promise<String> completed = promise;
      promise = Promise.promise();
      completed.complete("go");
    } else if (request.path().startsWith("/parked")) {
      waiting.add(request.path());
    }
  }

  /** Returns a future whose steps run on the context of the current request. */
  private <T> Future<T> onOwnContext(Future<T> shared) {
    // docs: vert.x own context
    Future<T> own =
        Future.fromCompletionStage(shared.toCompletionStage(), vertx.getOrCreateContext());
    // docs: end
    return own;
  }

  private Future<String> onPool() {
    Promise<String> answer = Promise.promise();
    pool.execute(() -> get(client, "/id").onComplete(answer));
    return answer.future();
  }

  private Future<String> calls() {
    return get(client, "/id").compose(a -> get(client, "/id").map(b -> a + "," + b));
  }

  private Future<String> get(WebClient client, String path) {
    return text(call(client, path));
  }

  private HttpRequest<Buffer> call(WebClient client, String path) {
    return client.getAbs(ratings.uri().resolve(path).toString());
  }

  private static Future<String> text(HttpRequest<Buffer> call) {
    return call.send().map(HttpResponse<Buffer>::bodyAsString);
  }

  @Test
  void threadWithoutAContextOfVertx_forwardsNothing() throws Exception {
    assertThat(get("/pool", "mine")).isEqualTo(NONE);
  }

  /** Why the page warns. */
  @Test
  void promiseThatAnotherRequestCompletes_forwardsTheOthers() throws Exception {
    assertThat(completedByAnother("/parked", "mine", "another's")).isEqualTo("another's");
  }

  @Test
  void rule11_promiseOnTheOwnContext_forwardsItsOwn() throws Exception {
    assertThat(completedByAnother("/parked-own", "mine", "another's")).isEqualTo("mine");
    assertThat(completedByAnother("/parked-own", NONE, "another's")).isEqualTo(NONE);
  }

  @Test
  void docs() throws Exception {
    Path sources = Path.of("src/test/java/io/github/tracingpropagation/hosts/frameworks");
    Docs.assertShows("vert.x", sources.resolve("ForwardingTracer.java"));
    Docs.assertShows("vert.x hop", sources.resolve("VertxHop.java"));
    Docs.assertShows("vert.x application", VertxTest.class);
    Docs.assertShows("vert.x nothing", VertxTest.class);
    Docs.assertShows("vert.x own context", VertxTest.class);
  }
}
