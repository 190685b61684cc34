// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
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
  CapturingWebFilter tracingPropagationWebFilter(TracingPropagation propagation) {
    return new CapturingWebFilter(propagation);
  }

  @Bean
  WebSocketHandlers tracingPropagationWebSocketHandlers(ObjectProvider<HandlerAdapter> adapters) {
    return new WebSocketHandlers(adapters);
  }
}
