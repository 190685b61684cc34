// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.web.TracingPropagationWebFilter;
import io.github.tracingpropagation.spring.web.TracingPropagationWebSockets;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.HandlerAdapter;
import reactor.core.publisher.Mono;

/** Inbound, WebFlux. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({HandlerAdapter.class, Mono.class})
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
class WebFluxConfiguration {

  @Bean
  TracingPropagationWebFilter tracingPropagationWebFilter(TracingPropagation propagation) {
    return new TracingPropagationWebFilter(propagation);
  }

  @Bean
  TracingPropagationWebSockets tracingPropagationWebSocketHandlers(
      ObjectProvider<HandlerAdapter> adapters) {
    return new TracingPropagationWebSockets(adapters);
  }
}
