// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.adapter.OnceLogger;
import java.lang.System.Logger.Level;
import org.springframework.core.Ordered;
import org.springframework.util.ClassUtils;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Captures the tracing headers of WebFlux's requests, before all other filters, into Reactor's
 * context: under the key {@code CapturedHeaders.class}, where {@link WebClientTracingPropagation}
 * and, if Micrometer's context propagation is there, {@link CapturedHeadersAccessor} find them.
 * Thread-safe.
 *
 * <p>Code on a thread of the request sees them by {@code CapturedHeaders.current()} only if Reactor
 * restores them there: in {@code handle} and {@code tap}, or everywhere with {@code
 * Hooks.enableAutomaticContextPropagation()}. Coroutines of Spring see them in any case. No scope
 * is opened, since the chain returns before the request is handled.
 *
 * <p>If the application handles WebSockets, {@link TracingPropagationWebSockets} belongs beside
 * this.
 */
public final class TracingPropagationWebFilter implements WebFilter, Ordered {
  /** The attribute from which Spring takes the context of each coroutine of a request. */
  private static final String COROUTINE_CONTEXT =
      "org.springframework.web.server.CoWebFilter.context";

  private static final boolean COROUTINES =
      ClassUtils.isPresent(
          "kotlinx.coroutines.reactor.MonoKt", TracingPropagationWebFilter.class.getClassLoader());

  private final TracingPropagation propagation;

  /**
   * Creates a filter, and logs the settings at INFO, once for the same ones.
   *
   * @param propagation what to capture
   */
  public TracingPropagationWebFilter(TracingPropagation propagation) {
    this.propagation = requireNonNull(propagation, "propagation");
    OnceLogger.of(TracingPropagationWebFilter.class)
        .log(Level.INFO, "WebFlux captures with " + propagation);
  }

  /** Returns the highest precedence. */
  @Override
  public int getOrder() {
    return HIGHEST_PRECEDENCE;
  }

  /**
   * Captures, and replaces what the chain had before.
   *
   * @param exchange has the request
   * @param chain handles the request
   * @return completes when the request is handled
   */
  @Override
  public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
    CapturedHeaders captured =
        propagation.capture(InboundHeaders.of(exchange.getRequest().getHeaders().headerSet()));
    if (COROUTINES) {
      exchange.getAttributes().put(COROUTINE_CONTEXT, CoroutineHeaders.context(captured));
    }
    return chain
        .filter(exchange)
        .contextWrite(context -> context.put(CapturedHeaders.class, captured));
  }

  /** Returns the name of the class, which Spring adds to each stack trace. */
  @Override
  public String toString() {
    return getClass().getName();
  }
}
