// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Outbound: each {@code RestClient} and {@code RestTemplate} that Spring Boot's builders build. The
 * customizers are in other packages since Spring Boot 4, so there is a configuration for each line.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(name = "org.springframework.web.client.RestClient")
class RestClientConfiguration {

  @Bean
  ForwardingInterceptor tracingPropagationInterceptor(TracingPropagation propagation) {
    return new ForwardingInterceptor(new Forwarder(propagation));
  }

  /** Customizes last, so that the interceptor runs after those of other customizers. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.web.client.RestClientCustomizer.class)
  static class SpringBoot3 {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestClientCustomizer tracingPropagationRestClient(
        ForwardingInterceptor interceptor) {
      return builder -> builder.requestInterceptor(interceptor);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestTemplateCustomizer tracingPropagationRestTemplate(
        ForwardingInterceptor interceptor) {
      return template -> template.getInterceptors().add(interceptor);
    }
  }

  /** The same for Spring Boot 4. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.restclient.RestClientCustomizer.class)
  static class SpringBoot4 {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestClientCustomizer tracingPropagationRestClient(
        ForwardingInterceptor interceptor) {
      return builder -> builder.requestInterceptor(interceptor);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestTemplateCustomizer tracingPropagationRestTemplate(
        ForwardingInterceptor interceptor) {
      return template -> template.getInterceptors().add(interceptor);
    }
  }
}
