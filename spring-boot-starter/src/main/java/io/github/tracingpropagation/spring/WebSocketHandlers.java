// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

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
 * the handshake, whose context Spring hands on. Delegates to the adapter that follows.
 */
record WebSocketHandlers(ObjectProvider<HandlerAdapter> adapters)
    implements HandlerAdapter, Ordered {

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public boolean supports(Object handler) {
    return handler instanceof WebSocketHandler && next(handler) != null;
  }

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
          .contextWrite(
              context -> context.put(CapturedHeadersAccessor.KEY, CapturedHeaders.empty()));
    }
  }
}
