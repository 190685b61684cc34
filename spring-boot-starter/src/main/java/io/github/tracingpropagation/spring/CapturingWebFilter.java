// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Inbound, WebFlux: captures before all other filters, into Reactor's context. It opens no scope,
 * since the chain returns before the request is handled.
 */
record CapturingWebFilter(TracingPropagation propagation) implements WebFilter, Ordered {
  /** The attribute from which Spring takes the context of each coroutine of a request. */
  private static final String COROUTINE_CONTEXT =
      "org.springframework.web.server.CoWebFilter.context";

  private static final boolean COROUTINES =
      ClassUtils.isPresent(
          "kotlinx.coroutines.reactor.MonoKt", CapturingWebFilter.class.getClassLoader());

  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    CapturedHeaders captured =
        propagation.capture(InboundHeaders.of(exchange.getRequest().getHeaders().headerSet()));
    if (COROUTINES) {
      exchange.getAttributes().put(COROUTINE_CONTEXT, CoroutineHeaders.context(captured));
    }
    return chain
        .filter(exchange)
        .contextWrite(context -> context.put(CapturedHeadersAccessor.KEY, captured));
  }
}
