// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Opens WebSockets whose handshake forwards the headers of the thread that opens them. Thread-safe.
 *
 * <p>OkHttp replaces the event listener of a WebSocket's call and runs interceptors on a
 * dispatcher's thread. So each WebSocket gets an interceptor of its own, which holds the headers.
 *
 * @param client opens the WebSockets; its connections and its dispatcher are shared
 * @param propagation what to forward, and to which hosts
 */
record WebSocketFactory(OkHttpClient client, TracingPropagation propagation)
    implements WebSocket.Factory {

  @Override
  public WebSocket newWebSocket(Request request, WebSocketListener listener) {
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return client.newWebSocket(request, listener);
    }
    HeaderInjector injector = new HeaderInjector(propagation, (call, settings) -> captured);
    return client
        .newBuilder()
        .followRedirects(false) // the interceptor follows them
        .addInterceptor(new HandshakeInterceptor(injector, client))
        .build()
        .newWebSocket(request, listener);
  }
}
