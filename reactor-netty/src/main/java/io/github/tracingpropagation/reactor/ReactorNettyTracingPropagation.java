// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.OnceLogger;
import java.lang.System.Logger.Level;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.util.context.Context;

/**
 * Makes a client of Reactor Netty forward the captured tracing headers, whatever thread a call runs
 * on. Thread-safe: all methods are static.
 *
 * <p>A call forwards the headers that Reactor's context has under the key {@code
 * CapturedHeaders.class}. If it has none, the call forwards those that are current on the thread
 * that subscribes. So write them into the context of a chain whose later calls are to forward them,
 * too: {@code chain.contextWrite(context -> context.put(CapturedHeaders.class,
 * CapturedHeaders.current()))}.
 *
 * <p>Each redirect and retry is decided anew, by the host of its URL and by its {@code Host}
 * header: both must be allowed. So a client may follow redirects.
 *
 * <p>Install last: then headers that the client's other callbacks set are left as they are. What is
 * set in the {@code send} function of a call comes later, and is not seen.
 *
 * <p>Each method logs the settings at INFO, once for equal settings.
 */
public final class ReactorNettyTracingPropagation {
  private static final OnceLogger LOGGER = OnceLogger.of(ReactorNettyTracingPropagation.class);

  private ReactorNettyTracingPropagation() {}

  /**
   * Returns a client that forwards, with the settings of {@link
   * TracingPropagation#fromEnvironment()}.
   *
   * @param client see {@link #install(HttpClient, TracingPropagation)}
   * @return a client that shares connections with the given one
   * @throws IllegalArgumentException if a setting is invalid
   */
  public static HttpClient install(HttpClient client) {
    return install(client, TracingPropagation.fromEnvironment());
  }

  /**
   * Returns a client that forwards, also with the handshakes of WebSockets.
   *
   * @param client a client on which everything else is set
   * @param propagation what to forward, and to which hosts
   * @return a client that shares connections with the given one
   */
  public static HttpClient install(HttpClient client, TracingPropagation propagation) {
    requireNonNull(propagation, "propagation");
    LOGGER.log(Level.INFO, "Reactor Netty forwards with " + propagation);
    return client
        .mapConnect(ReactorNettyTracingPropagation::bind)
        .doOnRequest((request, connection) -> Hop.forward(propagation, request));
  }

  /** Binds a call to the headers of the thread that subscribes, if the chain has none. */
  private static Mono<? extends Connection> bind(Mono<? extends Connection> call) {
    return call.contextWrite(ReactorNettyTracingPropagation::withCurrent);
  }

  private static Context withCurrent(Context chain) {
    if (chain.hasKey(CapturedHeaders.class)) {
      return chain;
    }
    CapturedHeaders captured = CapturedHeaders.find();
    return captured == null ? chain : chain.put(CapturedHeaders.class, captured);
  }
}
