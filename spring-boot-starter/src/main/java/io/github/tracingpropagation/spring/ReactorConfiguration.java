// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.spring.web.TracingPropagationWebFilter;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import reactor.core.publisher.Hooks;

/**
 * Reactor outside of WebFlux, where chains are subscribed to on threads that have the headers. In
 * WebFlux {@link TracingPropagationWebFilter} writes them into the context of each chain.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Hooks.class)
@ConditionalOnBooleanProperty(name = TracingPropagationProperties.REACTOR, matchIfMissing = true)
@Conditional(ReactorConfiguration.NotReactive.class)
class ReactorConfiguration {

  @Bean
  @Lazy(false)
  ReactorBinding tracingPropagationReactorBinding() {
    return new ReactorBinding();
  }

  static final class NotReactive extends NoneNestedConditions {
    NotReactive() {
      super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    static class Reactive {}
  }
}
