// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;

/** The actuator's endpoint, if it is exposed. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
class EndpointConfiguration {

  /** Nested, since its condition is a class of the actuator. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnAvailableEndpoint(endpoint = TracingPropagationEndpoint.class)
  static class Exposed {

    @Bean
    static Refusals tracingPropagationRefusals() {
      return new Refusals();
    }

    @Bean
    TracingPropagationEndpoint tracingPropagationEndpoint(
        TracingPropagation propagation,
        TracingPropagationProperties properties,
        ConfigurableEnvironment environment,
        Inventory inventory,
        Refusals refusals) {
      return new TracingPropagationEndpoint(
          propagation, properties, new SettingOrigins(environment), inventory, refusals);
    }
  }
}
