// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import org.junit.jupiter.api.Test;

/** Rule 11 with WebSockets that open: {@link OkHttpTracingPropagation#webSockets}. */
class WebSocketTest extends WebSocketTestCase {
  private final CountDownLatch made = new CountDownLatch(1);

  @Test
  void rule11_webSocket_forwardsWhereItIsAskedFor() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    Request request = socket();
    Echo listener = new Echo();
    inRequest(
        "abc",
        () -> {
          // docs: websocket
          WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client); // once

          WebSocket webSocket = webSockets.newWebSocket(request, listener);
          // docs: end
          return webSocket;
        });

    assertThat(listener.reply()).isEqualTo("hello");
    assertThat(handshakes().remove()).containsOnlyOnce("x-request-id: abc");
    Docs.assertShows("websocket", WebSocketTest.class);
  }

  @Test
  void rule11_webSocketInTheBacklog_forwardsWhereItWasAskedFor() throws Exception {
    OkHttpClient client = installed(backlog());
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echo mine = inRequest("mine", () -> Echo.ask(webSockets, socket()));
    Echo outside = Echo.ask(webSockets, socket());
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(mine.reply()).isEqualTo("hello");
    assertThat(handshakes().remove()).contains("x-request-id: mine");
    assertThat(outside.reply()).isEqualTo("hello");
    assertThat(handshakes().remove().toString()).doesNotContain("x-request-id");
  }

  /** A limit: nobody is told on whose thread it was asked for. Another's headers never leave. */
  @Test
  void rule11_clientsOwnWebSocket_forwardsNothing() throws Exception {
    OkHttpClient client = installed(backlog());
    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    Echo asked = inRequest("mine", () -> Echo.ask(client, socket()));
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(asked.reply()).isEqualTo("hello");
    assertThat(handshakes().remove().toString()).doesNotContain("x-request-id");
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
    inbound.wrap(() -> Echo.ask(webSockets, socket())).call().reply();
    assertThat(handshakes().remove())
        .contains("x-request-id: abc", "b3: 0")
        .doesNotContain("x-b3-sampled: 1");
  }

  @Test
  void rule12_webSocketsOfAClientWithoutInstall_throw() {
    assertThatThrownBy(() -> OkHttpTracingPropagation.webSockets(new OkHttpClient()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("installed");
  }

  /** One call at a time, the next started by a thread that still has the context of the last. */
  private OkHttpClient.Builder backlog() {
    Dispatcher wrapped = wrapped();
    wrapped.setMaxRequests(1);
    return new OkHttpClient.Builder()
        .dispatcher(wrapped)
        .addNetworkInterceptor(
            chain -> {
              await(made);
              return chain.proceed(chain.request());
            });
  }
}
