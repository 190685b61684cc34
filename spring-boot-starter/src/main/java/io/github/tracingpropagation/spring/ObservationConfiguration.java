// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Micrometer Tracing. Without a tracer nothing is registered: a registry without handlers makes no
 * observations at all.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(
    value = ObservationRegistry.class,
    name = "io.micrometer.tracing.handler.TracingObservationHandler")
class ObservationConfiguration {

  /** Spring Boot registers handlers that are beans after initialization, so this is before them. */
  @Bean
  static BeanPostProcessor tracingPropagationFirstObservationHandler() {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof ObservationRegistry registry) {
          registry.observationConfig().observationHandler(new ObservationScopes.Before());
        }
        return bean;
      }
    };
  }

  /** Of no category, so Spring Boot registers it after the handlers of tracers. */
  @Bean
  ObservationScopes.After tracingPropagationLastObservationHandler() {
    return new ObservationScopes.After();
  }
}
