// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.PropagationObserver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

/** Captures and forwards tracing headers, unless {@code tracing.propagation.enabled} is false. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = TracingPropagationProperties.ENABLED, matchIfMissing = true)
@EnableConfigurationProperties(TracingPropagationProperties.class)
@Import({
  ServletConfiguration.class,
  SuspendingConfiguration.class,
  WebFluxConfiguration.class,
  ReactorConfiguration.class,
  BlockingClientConfiguration.class,
  RestClientConfiguration.Beans.class,
  RestClientConfiguration.SpringBoot3.class,
  RestClientConfiguration.SpringBoot4.class,
  WebClientConfiguration.Beans.class,
  WebClientConfiguration.SpringBoot3.class,
  WebClientConfiguration.SpringBoot4.class,
  OkHttpConfiguration.class,
  ApacheHttpConfiguration.class,
  JdkHttpConfiguration.class,
  FeignConfiguration.class,
  GrpcConfiguration.class,
  KafkaConfiguration.class,
  RabbitConfiguration.class,
  TaskConfiguration.class,
  ExecutorConfiguration.class,
  CircuitBreakerConfiguration.SpringCloud.class,
  CircuitBreakerConfiguration.Bulkheads.class,
  CircuitBreakerConfiguration.Annotations.class,
  ObservationConfiguration.class,
  SnapshotConfiguration.class,
  MetricsConfiguration.class,
  EndpointConfiguration.class,
})
class TracingPropagationAutoConfiguration {

  @Bean
  @Lazy(false)
  Inventory tracingPropagationInventory() {
    return new Inventory();
  }

  /** Attaches the observers that are beans, also to a {@code TracingPropagation} of your own. */
  @Bean
  static BeanPostProcessor tracingPropagationObservers(
      ObjectProvider<PropagationObserver> observers) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof TracingPropagation propagation
            ? observers
                .orderedStream()
                .reduce(propagation, TracingPropagation::observedBy, (first, second) -> second)
            : bean;
      }
    };
  }

  @Bean
  @ConditionalOnMissingBean
  TracingPropagation tracingPropagation(
      TracingPropagationProperties properties, Environment environment) {
    return new PropagationFactory(properties, environment).create();
  }
}
