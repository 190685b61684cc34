// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Opens WebSockets whose handshake forwards what is captured where it is asked for.
 *
 * <p>OkHttp gives a WebSocket's call no event listener of ours and runs its interceptors on the
 * dispatcher's thread, so each is opened with an interceptor of its own that knows the headers.
 *
 * @param client shares its connections and its dispatcher
 * @param propagation what to forward, and where to
 */
record WebSockets(OkHttpClient client, TracingPropagation propagation)
    implements WebSocket.Factory {

  @Override
  public WebSocket newWebSocket(Request request, WebSocketListener listener) {
    CapturedHeaders captured = CapturedHeaders.current();
    if (captured.isEmpty()) {
      return client.newWebSocket(request, listener);
    }
    // Not the whole context, which would live as long as the WebSocket.
    Context context = captured.storeInContext(Context.root());
    return client
        .newBuilder()
        .followRedirects(false)
        .addInterceptor(new Handshake(new Forwarding(propagation, call -> context), client))
        .build()
        .newWebSocket(request, listener);
  }
}
