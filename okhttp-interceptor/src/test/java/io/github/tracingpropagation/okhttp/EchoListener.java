// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** Sends a message to the echo server, and closes the WebSocket when the reply arrives. */
final class EchoListener extends WebSocketListener {
  private final CompletableFuture<String> reply = new CompletableFuture<>();

  static EchoListener open(WebSocket.Factory webSockets, Request request) {
    EchoListener echo = new EchoListener();
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
