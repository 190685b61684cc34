// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicReference;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.WebSocket;

/** Makes an OkHttp client forward the captured tracing headers, whatever thread a call runs on. */
public final class OkHttpTracingPropagation {
  private static final System.Logger LOGGER =
      System.getLogger(OkHttpTracingPropagation.class.getName());

  /** Some applications build a client for each call; one line for the same settings is enough. */
  private static final AtomicReference<String> LOGGED = new AtomicReference<>("");

  private OkHttpTracingPropagation() {}

  /**
   * Installs with the settings of {@link TracingPropagation#fromEnvironment()}.
   *
   * @param builder as {@link #install(OkHttpClient.Builder, TracingPropagation)} takes it
   * @return the builder
   * @throws IllegalArgumentException if a setting is wrong
   */
  public static OkHttpClient.Builder install(OkHttpClient.Builder builder) {
    return install(builder, TracingPropagation.fromEnvironment());
  }

  /**
   * Installs with settings from code. Each call forwards what was captured where it was made, on
   * the thread of {@link OkHttpClient#newCall}.
   *
   * <p>Install last: after the client's other interceptors, so that headers which a tracer sets are
   * seen, and after its event listener, which goes on to hear every event. Clients made from this
   * one with {@link OkHttpClient#newBuilder} forward as well; one that gets another event listener
   * forwards nothing until this is installed once more, with settings that take the place of these.
   * WebSockets need {@link #webSockets}. The event sources of {@code okhttp-sse} forward with
   * OkHttp 5; that of OkHttp 4 replaces the event listener and forwards nothing, which is logged
   * once: use {@link TracingPropagation#inject(Context, java.net.URI, Object,
   * io.opentelemetry.context.propagation.TextMapSetter) inject} on its requests.
   *
   * <p>Logs at INFO what is in force, once for the same settings.
   *
   * @param builder the client to be, complete but for this
   * @param propagation what to forward, and where to
   * @return the builder
   */
  public static OkHttpClient.Builder install(
      OkHttpClient.Builder builder, TracingPropagation propagation) {
    requireNonNull(propagation, "propagation");
    String settings = propagation.toString();
    if (!settings.equals(LOGGED.getAndSet(settings))) {
      LOGGER.log(Level.INFO, "OkHttp forwards with " + settings);
    }
    CallContexts contexts = CallContexts.of(builder.build().eventListenerFactory());
    Forwarding forwarding = new Forwarding(propagation, contexts::of);
    builder.networkInterceptors().removeIf(TracingPropagationInterceptor.class::isInstance);
    return builder
        .eventListenerFactory(contexts)
        .addNetworkInterceptor(new TracingPropagationInterceptor(forwarding));
  }

  /**
   * Opens WebSockets of a client that this is installed in. Each handshake forwards what is
   * captured where it is asked for, on the thread of {@link WebSocket.Factory#newWebSocket}, to
   * each host that a redirect leads it to. What {@link OkHttpClient#newWebSocket} itself opens
   * forwards nothing: OkHttp runs no network interceptor for it, and tells nobody its thread.
   *
   * @param client has the settings, and does the work
   * @return a factory that any number of threads may share
   * @throws IllegalArgumentException if nothing is installed in the client
   */
  public static WebSocket.Factory webSockets(OkHttpClient client) {
    for (Interceptor interceptor : client.networkInterceptors()) {
      if (interceptor instanceof TracingPropagationInterceptor installed) {
        return new WebSockets(client, installed.propagation());
      }
    }
    throw new IllegalArgumentException("client: has no OkHttpTracingPropagation installed");
  }
}
