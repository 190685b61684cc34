// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Readme;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    OkHttpClient client = installed(new OkHttpClient.Builder());
    Request request = request();
    Echo listener = new Echo();
    inRequest(
        "abc",
        () -> {
          // readme: websocket
          WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client); // once

          WebSocket webSocket = webSockets.newWebSocket(request, listener);
          // readme: end
          return webSocket;
        });

    assertThat(listener.reply()).isEqualTo("hello");
    assertThat(handshake()).containsOnlyOnce("x-request-id: abc");
    Readme.assertShows("websocket", WebSocketTest.class);
  }

  @Test
  void rule11_webSocketInTheBacklog_forwardsWhereItWasAskedFor() throws Exception {
    OkHttpClient client = installed(backlog());
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echo mine = inRequest("mine", () -> Echo.ask(webSockets, request()));
    Echo outside = Echo.ask(webSockets, request());
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(mine.reply()).isEqualTo("hello");
    assertThat(handshake()).contains("x-request-id: mine");
    assertThat(outside.reply()).isEqualTo("hello");
    assertThat(handshake().toString()).doesNotContain("x-request-id");
  }

  /** A limit: nobody is told on whose thread it was asked for. Another's headers never leave. */
  @Test
  void rule11_clientsOwnWebSocket_forwardsNothing() throws Exception {
    OkHttpClient client = installed(backlog());
    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echo asked = inRequest("mine", () -> Echo.ask(client, request()));
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(asked.reply()).isEqualTo("hello");
    assertThat(handshake().toString()).doesNotContain("x-request-id");
  }

  @Test
  void rule7_interceptorSetsAMember_familyIsLeft() throws Exception {
    OkHttpClient client =
        installed(
            new OkHttpClient.Builder()
                .addInterceptor(
                    chain ->
                        chain.proceed(chain.request().newBuilder().header("b3", "0").build())));
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    Context inbound =
        HeaderLines.extract(
            TracingPropagation.create(), List.of("x-request-id: abc", "x-b3-sampled: 1"));
    inbound.wrap(() -> Echo.ask(webSockets, request())).call().reply();
    assertThat(handshake())
        .contains("x-request-id: abc", "b3: 0")
        .doesNotContain("x-b3-sampled: 1");
  }

  @Test
  void rule8_redirects_areDecidedOnEachHopAndTheSocketOpens() throws Exception {
    ratings.redirect("/1", 307, ratings.otherHost("/2"));
    ratings.redirect("/2", 302, server.uri());
    Request own = get("/1").newBuilder().header("Authorization", "Bearer own").build();
    WebSocket.Factory webSockets = webSockets(new OkHttpClient.Builder());

    assertThat(inRequest("abc", () -> Echo.ask(webSockets, own)).reply()).isEqualTo("hello");
    assertThat(ratings.received(0))
        .containsExactly("x-request-id: abc", "authorization: Bearer own");
    assertThat(ratings.received(1)).isEmpty();
    assertThat(handshake())
        .contains("x-request-id: abc")
        .doesNotContain("authorization: Bearer own");
  }

  /** The application's credentials: as OkHttp does it, for each status that it follows. */
  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void rule8_redirectToTheSameServer_keepsTheApplicationsAuthorization(int status)
      throws Exception {
    ratings.redirect("/1", status, ratings.uri("/2"));
    try (Downstream another = Downstream.start()) {
      ratings.redirect("/2", status, another.uri("/3"));
      Request own = get("/1").newBuilder().header("Authorization", "Bearer own").build();
      Echo refused = inRequest("abc", () -> Echo.ask(webSockets(new OkHttpClient.Builder()), own));

      assertThatThrownBy(refused::reply).hasMessageContaining("200");
      assertThat(ratings.received(1))
          .containsExactly("x-request-id: abc", "authorization: Bearer own");
      assertThat(another.received()).containsExactly("x-request-id: abc");
    }
  }

  @Test
  void rule8_redirectThatTheClientDoesNotFollow_isNotFollowed() throws Exception {
    ratings.redirect("/1", 302, server.uri());
    ratings.redirect("/2", 302, URI.create("https://127.0.0.1/"));

    assertThatThrownBy(() -> ask(new OkHttpClient.Builder().followRedirects(false), "/1"))
        .hasMessageContaining("302");
    assertThatThrownBy(() -> ask(new OkHttpClient.Builder().followSslRedirects(false), "/2"))
        .hasMessageContaining("302");
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "127.0.0.1/2");
    assertThat(server.handshakes()).isEmpty();
  }

  @Test
  void rule8_locationOfAResponseThatIsNoRedirect_isNotFollowed() {
    ratings
        .server()
        .stubFor(any(anyUrl()).willReturn(ok().withHeader("Location", server.uri().toString())));

    assertThatThrownBy(() -> ask(new OkHttpClient.Builder(), "/1")).hasMessageContaining("200");
    assertThat(server.handshakes()).isEmpty();
  }

  @Test
  void rule12_webSocketsOfAClientWithoutInstall_throw() {
    assertThatThrownBy(() -> OkHttpTracingPropagation.webSockets(new OkHttpClient()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("installed");
  }

  private void ask(OkHttpClient.Builder client, String path) throws Exception {
    inRequest("abc", () -> Echo.ask(webSockets(client), get(path))).reply();
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

  private List<String> handshake() {
    return server.handshakes().remove();
  }

  /** Says hello to the echoing server, and goodbye to its answer. */
  private static final class Echo extends WebSocketListener {
    private final CompletableFuture<String> reply = new CompletableFuture<>();

    static Echo ask(WebSocket.Factory webSockets, Request request) {
      Echo echo = new Echo();
      webSockets.newWebSocket(request, echo);
      return echo;
    }

    String reply() throws Exception {
      return reply.get(30, TimeUnit.SECONDS);
    }

    @Override
    public void onOpen(WebSocket webSocket, Response response) {
      webSocket.send("hello");
    }

    @Override
    public void onMessage(WebSocket webSocket, String text) {
      webSocket.close(1000, null);
      reply.complete(text);
    }

    @Override
    public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
      reply.completeExceptionally(e);
    }
  }
}
