// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.junit.jupiter.api.Test;

/** Rule 11 for {@link OkHttpTracingPropagation#webSockets}. */
class WebSocketTest extends WebSocketTestCase {
  private final CountDownLatch made = new CountDownLatch(1);

  @Test
  void rule11_webSocket_forwardsFromWhereItIsOpened() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    Request request = socket();
    EchoListener listener = new EchoListener();
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
  void rule11_queuedWebSocket_forwardsFromWhereItWasOpened() throws Exception {
    OkHttpClient client = installed(backlog());
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);

    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    EchoListener mine = inRequest("mine", () -> EchoListener.open(webSockets, socket()));
    EchoListener outside = EchoListener.open(webSockets, socket());
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(mine.reply()).isEqualTo("hello");
    assertThat(handshakes().remove()).contains("x-request-id: mine");
    assertThat(outside.reply()).isEqualTo("hello");
    assertThat(handshakes().remove().toString()).doesNotContain("x-request-id");
  }

  /** A limitation: OkHttp does not expose the opening thread. Another's headers are never sent. */
  @Test
  void rule11_clientsOwnWebSocket_forwardsNothing() throws Exception {
    OkHttpClient client = installed(backlog());
    CompletableFuture<Integer> first =
        inRequest("other", () -> enqueue(client.newCall(get("/held"))));
    EchoListener opened = inRequest("mine", () -> EchoListener.open(client, socket()));
    made.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertThat(opened.reply()).isEqualTo("hello");
    assertThat(handshakes().remove().toString()).doesNotContain("x-request-id");
  }

  @Test
  void rule7_interceptorSetsAFamilyMember_familyIsNotForwarded() throws Exception {
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
    inbound.wrap(() -> EchoListener.open(webSockets, socket())).call().reply();
    assertThat(handshakes().remove())
        .contains("x-request-id: abc", "b3: 0")
        .doesNotContain("x-b3-sampled: 1");
  }

  @Test
  void openWebSocket_doesNotRetainItsContext() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);
    Context context =
        HeaderLines.captured("x-request-id: 1")
            .storeInContext(Context.root().with(ContextKey.named("application's"), "value"));
    WebSocket webSocket =
        context.wrap(() -> webSockets.newWebSocket(socket(), new WebSocketListener() {})).call();
    WeakReference<Context> contexts = new WeakReference<>(context);
    context = null;

    assertCollected(client, contexts);
    webSocket.cancel();
  }

  @Test
  void rule12_webSocketsOfAClientWithoutInstall_throws() {
    assertThatThrownBy(() -> OkHttpTracingPropagation.webSockets(new OkHttpClient()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("installed");
  }

  /** Runs one call at a time; the thread that starts the next still has the last one's context. */
  private OkHttpClient.Builder backlog() {
    Dispatcher dispatcher = contextWrappingDispatcher();
    dispatcher.setMaxRequests(1);
    return new OkHttpClient.Builder()
        .dispatcher(dispatcher)
        .addNetworkInterceptor(
            chain -> {
              await(made);
              return chain.proceed(chain.request());
            });
  }
}
