// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.RedirectContract;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/** The contract of OkHttp for handshakes, with a service that responds but does not upgrade. */
class WebSocketHandshakeTest extends RedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) throws Exception {
    OkHttpClient client =
        OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
    Request.Builder request = new Request.Builder().url(uri.toString());
    lines.forEach(line -> request.header(HeaderLines.name(line), HeaderLines.value(line)));
    CompletableFuture<Integer> status = new CompletableFuture<>();
    OkHttpTracingPropagation.webSockets(client)
        .newWebSocket(
            request.build(),
            new WebSocketListener() {
              @Override
              public void onFailure(WebSocket webSocket, Throwable e, @Nullable Response response) {
                status.complete(requireNonNull(response, e::toString).code());
              }
            });
    try {
      return status.get(30, TimeUnit.SECONDS);
    } finally {
      client.connectionPool().evictAll();
    }
  }
}
