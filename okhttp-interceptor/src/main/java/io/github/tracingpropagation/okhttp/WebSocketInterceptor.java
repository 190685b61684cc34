// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;

/** Forwards with WebSocket handshakes, which skip the network interceptors. */
final class WebSocketInterceptor implements Interceptor {
  private final Forwarding forwarding;

  WebSocketInterceptor(Forwarding forwarding) {
    this.forwarding = forwarding;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    boolean webSocket = "websocket".equalsIgnoreCase(chain.request().header("Upgrade"));
    return chain.proceed(webSocket ? forwarding.request(chain) : chain.request());
  }
}
