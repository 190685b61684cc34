// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import io.opentelemetry.context.Context;
import java.lang.System.Logger.Level;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.WebSocket;

/**
 * Makes an OkHttp client forward the captured tracing headers, whatever thread a call runs on.
 * Thread-safe: all methods are static.
 */
public final class OkHttpTracingPropagation {
  private static final OnceLogger LOGGER = OnceLogger.of(OkHttpTracingPropagation.class);

  private OkHttpTracingPropagation() {}

  /**
   * Installs with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param builder see {@link #install(OkHttpClient.Builder, TracingPropagation)}
   * @return the builder
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static OkHttpClient.Builder install(OkHttpClient.Builder builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs with settings from code. Each call forwards the headers that are current on the thread
   * of {@link OkHttpClient#newCall}.
   *
   * <p>Install last: after other interceptors, so that a tracer's headers are already set, and
   * after the event listener factory, which remains in use. Clients from {@link
   * OkHttpClient#newBuilder} forward as well. A client that gets another event listener forwards
   * nothing and logs one WARNING, until this method is called again; the settings are then the new
   * ones.
   *
   * <p>WebSockets need {@link #webSockets}. Event sources of {@code okhttp-sse} forward with OkHttp
   * 5; OkHttp 4 replaces their event listener, so that they forward nothing: use {@link
   * TracingPropagation#inject(Context, java.net.URI, Object,
   * io.opentelemetry.context.propagation.TextMapSetter) inject} on their requests.
   *
   * <p>Logs the settings at INFO, once for equal settings.
   *
   * @param builder a client's builder on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return the builder
   */
  public static OkHttpClient.Builder install(
      OkHttpClient.Builder builder, TracingPropagation propagation) {
    requireNonNull(propagation, "propagation");
    LOGGER.log(Level.INFO, "OkHttp forwards with " + propagation);
    CallHeaders calls = CallHeaders.delegatingTo(builder.build().eventListenerFactory());
    HeaderInjector injector = new HeaderInjector(propagation, calls::of);
    builder.networkInterceptors().removeIf(TracingPropagationInterceptor.class::isInstance);
    return builder
        .eventListenerFactory(calls)
        .addNetworkInterceptor(new TracingPropagationInterceptor(injector));
  }

  /**
   * Returns a factory of WebSockets that uses a client and the settings installed in it. Each
   * handshake forwards the headers that are current on the thread of {@link
   * WebSocket.Factory#newWebSocket}; the host of each redirect is checked. {@link
   * OkHttpClient#newWebSocket} itself forwards nothing: for it OkHttp runs no network interceptor
   * and creates no event listener on the caller's thread.
   *
   * @param client a client that {@code install} was called for
   * @return a thread-safe factory
   * @throws IllegalArgumentException if {@code install} was not called for the client
   */
  public static WebSocket.Factory webSockets(OkHttpClient client) {
    for (Interceptor interceptor : client.networkInterceptors()) {
      if (interceptor instanceof TracingPropagationInterceptor installed) {
        return new WebSocketFactory(client, installed.propagation());
      }
    }
    throw new IllegalArgumentException("client: has no OkHttpTracingPropagation installed");
  }
}
