// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.client.WebClientBuilder;
import com.linecorp.armeria.client.retry.RetryRule;
import com.linecorp.armeria.client.retry.RetryingClient;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.testing.Docs;
import io.netty.util.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class ArmeriaTest extends FrameworkContract {
  // docs: armeria key
  static final AttributeKey<CapturedHeaders> CAPTURED =
      AttributeKey.valueOf(CapturedHeaders.class, "captured");
  // docs: end

  private Server server;
  private WebClient client;
  private WebClient following;
  private volatile CompletableFuture<String> future = new CompletableFuture<>();

  @Override
  URI start() {
    client = client(WebClient.builder());
    following = client(WebClient.builder().followRedirects());
    ServerBuilder service = Server.builder().http(0);
    service.serviceUnder(
        "/", (context, request) -> HttpResponse.of(answer(context).thenApply(HttpResponse::of)));
    capture(service, TO_ADDRESS);
    server = service.build();
    server.start().join();
    return URI.create("http://127.0.0.1:" + server.activeLocalPort());
  }

  private static WebClient client(WebClientBuilder builder) {
    forward(builder, TO_ADDRESS);
    return builder.decorator(RetryingClient.newDecorator(RetryRule.failsafe())).build();
  }

  private static void capture(ServerBuilder server, TracingPropagation propagation) {
    // docs: armeria inbound
    server.decorator(
        (delegate, context, request) -> {
          InboundHeaders headers =
              InboundHeaders.of(
                  request.headers().names().stream()
                      .map(name -> Map.entry(name.toString(), request.headers().getAll(name)))
                      .toList());
          context.setAttr(CAPTURED, propagation.capture(headers));
          return delegate.serve(context, request);
        });
    // docs: end
  }

  private static void forward(WebClientBuilder client, TracingPropagation propagation) {
    // docs: armeria outbound
    client.decorator(
        (delegate, context, request) -> {
          CapturedHeaders captured = CapturedHeaders.find(Context.current()); // a block's
          ServiceRequestContext inbound = context.root();
          if (captured == null && inbound != null) {
            captured = inbound.attr(CAPTURED);
          }
          if (captured != null) {
            propagation.inject(captured, new ArmeriaHop(context, request));
          }
          return delegate.execute(context, request);
        });
    // docs: end
  }

  @Override
  void stop() {
    server.stop().join();
  }

  @Override
  List<String> paths() {
    return List.of("/calls", "/blocking");
  }

  @Override
  String away() {
    return "302 Found"; // the application receives the redirect
  }

  private CompletableFuture<String> answer(ServiceRequestContext context) {
    switch (context.path()) {
      case "/calls":
        return calls();
      case "/blocking":
        return CompletableFuture.supplyAsync(() -> calls().join(), context.blockingTaskExecutor());
      case "/pool":
        return CompletableFuture.supplyAsync(() -> get("/id").join());
      case "/away":
        return get(client, "/away");
      case "/follow":
        return get(following, "/away");
      case "/host":
        return text(
            client.prepare().get(ratings.uri() + "/id").header("host", "localhost").execute());
      case "/foreign":
        return text(
            client.prepare().get(ratings.foreign() + "/id").header("host", "127.0.0.1").execute());
      case "/nothing":
        try (Scope block = CapturedHeaders.empty().makeCurrent()) {
          return get("/id");
        }
      case "/parked":
        return parked(future.thenCompose(any -> get("/id")));
      case "/parked-own":
        CompletableFuture<String> shared = future;
        // docs: armeria own context
        CompletableFuture<String> reviews =
            shared.thenComposeAsync(
                value -> get("/id"), ServiceRequestContext.current().eventLoop());
        // docs: end
        return parked(reviews);
      default:
        CompletableFuture<String> completed = future;
        future = new CompletableFuture<>();
        completed.complete("go");
        return CompletableFuture.completedFuture("completed");
    }
  }

  private CompletableFuture<String> parked(CompletableFuture<String> answer) {
    waiting.add("parked");
    return answer;
  }

  private CompletableFuture<String> calls() {
    return get("/id").thenCompose(a -> get("/id").thenApply(b -> a + "," + b));
  }

  private CompletableFuture<String> get(String path) {
    return get(client, path);
  }

  private CompletableFuture<String> get(WebClient client, String path) {
    return text(client.get(ratings.uri().resolve(path).toString()));
  }

  private static CompletableFuture<String> text(HttpResponse response) {
    return response
        .aggregate()
        .thenApply(
            answer ->
                answer.status().isSuccess() ? answer.contentUtf8() : answer.status().toString());
  }

  @Test
  void ownPool_forwardsNothing() throws Exception {
    assertThat(get("/pool", "mine")).isEqualTo(NONE);
  }

  /** Why the page warns. */
  @Test
  void clientThatFollowsRedirects_takesTheHeadersAlong() throws Exception {
    assertThat(get("/follow", "mine")).isEqualTo("mine");
  }

  /** Why the page warns. */
  @Test
  void futureThatAnotherRequestCompletes_forwardsTheOthers() throws Exception {
    assertThat(completedByAnother("/parked", "mine", "another's")).isEqualTo("another's");
  }

  @Test
  void rule11_stepOnTheOwnEventLoop_forwardsItsOwn() throws Exception {
    assertThat(completedByAnother("/parked-own", "mine", "another's")).isEqualTo("mine");
  }

  @Test
  void docs() throws Exception {
    Docs.assertShows("armeria key", ArmeriaTest.class);
    Docs.assertShows("armeria hop", ArmeriaHop.class);
    Docs.assertShows("armeria inbound", ArmeriaTest.class);
    Docs.assertShows("armeria outbound", ArmeriaTest.class);
    Docs.assertShows("armeria own context", ArmeriaTest.class);
  }
}
