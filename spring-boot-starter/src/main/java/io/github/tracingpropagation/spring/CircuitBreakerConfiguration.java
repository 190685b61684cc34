// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.resilience4j.bulkhead.ThreadPoolBulkheadRegistry;
import io.github.resilience4j.spring6.fallback.CompletionStageFallbackDecorator;
import org.springframework.aop.Advisor;
import org.springframework.aop.aspectj.AspectJPrecedenceInformation;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.cloud.client.circuitbreaker.CircuitBreakerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Threads: circuit breakers of Spring Cloud, and Resilience4j's annotations and bulkheads. */
final class CircuitBreakerConfiguration {
  private static final String PROPERTY = TracingPropagationProperties.BEANS + ".circuit-breaker";

  private CircuitBreakerConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(CircuitBreakerFactory.class)
  @ConditionalOnBooleanProperty(name = PROPERTY, matchIfMissing = true)
  static class SpringCloud {

    @Bean
    @SuppressWarnings("rawtypes") // a class has no type arguments
    static ForwardingBeans<CircuitBreakerFactory> tracingPropagationCircuitBreakers(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(CircuitBreakerFactory.class, BindingCircuitBreaker::treat, beans);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ThreadPoolBulkheadRegistry.class)
  @ConditionalOnBooleanProperty(name = PROPERTY, matchIfMissing = true)
  static class Bulkheads {

    @Bean
    static ForwardingBeans<ThreadPoolBulkheadRegistry> tracingPropagationBulkheads(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(ThreadPoolBulkheadRegistry.class, BindingPropagator::treat, beans);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(CompletionStageFallbackDecorator.class)
  @ConditionalOnBooleanProperty(name = PROPERTY, matchIfMissing = true)
  static class Annotations {

    /** Resilience4j takes the first one that supports the type of a method. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    BindingFallback tracingPropagationFallback() {
      return new BindingFallback();
    }

    @Bean
    static HandedOverMethods tracingPropagationResilientMethods(
        ConfigurableListableBeanFactory beans) {
      return new HandedOverMethods(
          advisor -> isResilience4js(advisor, beans), call -> false, beans);
    }

    private static boolean isResilience4js(Advisor advisor, ConfigurableListableBeanFactory beans) {
      if (!(advisor instanceof AspectJPrecedenceInformation aspect)
          || !beans.containsBean(aspect.getAspectName())) {
        return false;
      }
      Class<?> type = beans.getType(aspect.getAspectName());
      return type != null && type.getName().startsWith("io.github.resilience4j.");
    }
  }
}
