// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerAdapter;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketSession;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * Handles WebSockets of WebFlux with no headers to forward: no message belongs to the request of
 * the handshake, whose context Spring hands on. A bean beside {@link TracingPropagationWebFilter},
 * where Spring's {@code DispatcherHandler} finds it; it delegates to the adapter that follows.
 * Thread-safe.
 */
public final class TracingPropagationWebSockets implements HandlerAdapter, Ordered {
  private final ObjectProvider<HandlerAdapter> adapters;

  /**
   * Creates an adapter.
   *
   * @param adapters all of the application, also this one
   */
  public TracingPropagationWebSockets(ObjectProvider<HandlerAdapter> adapters) {
    this.adapters = requireNonNull(adapters, "adapters");
  }

  /** Returns the highest precedence. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /**
   * Returns whether a handler is of WebSockets and another adapter supports it.
   *
   * @param handler a handler of the application
   * @return whether this adapter handles it
   */
  @Override
  public boolean supports(Object handler) {
    return handler instanceof WebSocketHandler && next(handler) != null;
  }

  /**
   * Lets the adapter that follows handle the handshake, and the messages without headers.
   *
   * @param exchange of the handshake
   * @param handler of WebSockets
   * @return what that adapter returns
   */
  @Override
  public Mono<HandlerResult> handle(ServerWebExchange exchange, Object handler) {
    HandlerAdapter next = next(handler);
    return next == null
        ? Mono.error(new IllegalStateException("no adapter for " + handler))
        : next.handle(exchange, new ForwardingNothing((WebSocketHandler) handler));
  }

  private @Nullable HandlerAdapter next(Object handler) {
    return adapters
        .orderedStream()
        .filter(adapter -> adapter != this && adapter.supports(handler))
        .findFirst()
        .orElse(null);
  }

  private record ForwardingNothing(WebSocketHandler handler) implements WebSocketHandler {
    @Override
    public List<String> getSubProtocols() {
      return handler.getSubProtocols();
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
      return handler
          .handle(session)
          .contextWrite(context -> context.put(CapturedHeaders.class, CapturedHeaders.empty()));
    }
  }
}
