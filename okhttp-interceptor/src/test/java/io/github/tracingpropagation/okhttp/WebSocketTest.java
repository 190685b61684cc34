// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rule 11 with WebSockets that open: {@link OkHttpTracingPropagation#webSockets}. */
class WebSocketTest extends OkHttpTestCase {
  private final CountDownLatch made = new CountDownLatch(1);
  private WebSocketServer server;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    server = WebSocketServer.start(folder);
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  @Test
  void rule11_webSocket_forwardsWhereItIsAskedFor() throws Exception {
    WebSocket.Factory webSockets =
        OkHttpTracingPropagation.webSockets(installed(new OkHttpClient.Builder()));

    assertThat(echo(inRequest("abc", () -> Echoed.ask(webSockets, request())))).isEqualTo("hello");
    assertThat(handshake()).containsOnlyOnce("x-request-id: abc");
  }

  @Test
  void rule11_webSocketInTheBacklog_forwardsWhereItWasAskedFor() throws Exception {
    OkHttpClient client = installed(backlog());
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echoed asked = inRequest("mine", () -> Echoed.ask(webSockets, request()));
    Echoed outside = Echoed.ask(webSockets, request());
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(echo(asked)).isEqualTo("hello");
    assertThat(handshake()).contains("x-request-id: mine");
    assertThat(echo(outside)).isEqualTo("hello");
    assertThat(handshake().toString()).doesNotContain("x-request-id");
  }

  /** A limit: nobody is told on whose thread it was asked for. Another's headers never leave. */
  @Test
  void rule11_clientsOwnWebSocket_forwardsNothing() throws Exception {
    OkHttpClient client = installed(backlog());
    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echoed asked = inRequest("mine", () -> Echoed.ask(client, request()));
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(echo(asked)).isEqualTo("hello");
    assertThat(handshake().toString()).doesNotContain("x-request-id");
  }

  @Test
  void rule7_interceptorSetsAMember_familyIsLeft() throws Exception {
    OkHttpClient client =
        installed(
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain.request().newBuilder().header("x-request-id", "own").build())));
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    echo(inRequest("abc", () -> Echoed.ask(webSockets, request())));
    assertThat(handshake()).contains("x-request-id: own").doesNotContain("x-request-id: abc");
  }

  @Test
  void rule8_redirects_areDecidedOnEachHopAndTheSocketOpens() throws Exception {
    ratings.redirect("/1", 307, ratings.otherHost("/2"));
    ratings.redirect("/2", 302, server.uri());
    WebSocket.Factory webSockets = webSockets(new OkHttpClient.Builder());

    Echoed asked =
        inRequest(
            "abc",
            () ->
                Echoed.ask(
                    webSockets,
                    get("/1").newBuilder().header("Authorization", "Bearer own").build()));
    assertThat(echo(asked)).isEqualTo("hello");
    assertThat(ratings.received(0))
        .containsExactly("x-request-id: abc", "authorization: Bearer own");
    assertThat(ratings.received(1)).isEmpty();
    assertThat(handshake())
        .contains("x-request-id: abc")
        .doesNotContain("authorization: Bearer own");
  }

  @Test
  void rule8_redirectThatTheClientDoesNotFollow_isNotFollowed() throws Exception {
    ratings.redirect("/1", 302, server.uri());
    ratings.redirect("/2", 302, URI.create("https://127.0.0.1/"));

    assertThatThrownBy(() -> fail(new OkHttpClient.Builder().followRedirects(false), "/1"))
        .hasMessageContaining("302");
    assertThatThrownBy(() -> fail(new OkHttpClient.Builder().followSslRedirects(false), "/2"))
        .hasMessageContaining("302");
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "127.0.0.1/2");
    assertThat(server.handshakes()).isEmpty();
  }

  @Test
  void rule12_webSocketsOfAClientWithoutInstall_throw() {
    assertThatThrownBy(() -> OkHttpTracingPropagation.webSockets(new OkHttpClient()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("installed");
  }

  private void fail(OkHttpClient.Builder client, String path) throws Exception {
    WebSocket.Factory webSockets = webSockets(client);
    echo(inRequest("abc", () -> Echoed.ask(webSockets, get(path))));
  }

  private static WebSocket.Factory webSockets(OkHttpClient.Builder client) {
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    return OkHttpTracingPropagation.webSockets(
        OkHttpTracingPropagation.install(client, toAddress).build());
  }

  /** One call at a time, the next started by a thread that still has the context of the last. */
  private OkHttpClient.Builder backlog() {
    Dispatcher wrapped = new Dispatcher(Context.taskWrapping(new Dispatcher().executorService()));
    wrapped.setMaxRequests(1);
    return new OkHttpClient.Builder()
        .dispatcher(wrapped)
        .addNetworkInterceptor(
            chain -> {
              await(made);
              return chain.proceed(chain.request());
            });
  }

  private Request request() {
    return new Request.Builder().url(server.uri().toString()).build();
  }

  private static String echo(Echoed asked) throws Exception {
    return asked.get(30, TimeUnit.SECONDS);
  }

  private List<String> handshake() {
    return server.handshakes().remove();
  }

  /** What comes back for a message to the echoing server, which closes the WebSocket. */
  private static final class Echoed extends CompletableFuture<String> {
    static Echoed ask(WebSocket.Factory webSockets, Request request) {
      Echoed echoed = new Echoed();
      webSockets.newWebSocket(
          request,
          new WebSocketListener() {
            @Override
            public void onOpen(WebSocket webSocket, Response response) {
              webSocket.send("hello");
            }

            @Override
            public void onMessage(WebSocket webSocket, String text) {
              webSocket.close(1000, null);
              echoed.complete(text);
            }

            @Override
            public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
              echoed.completeExceptionally(e);
            }
          });
      return echoed;
    }
  }
}
