// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;

/**
 * Outbound: each {@code RestClient} and {@code RestTemplate} that Spring Boot's builders build. The
 * customizers are in another package since Spring Boot 4, so there is a configuration for each
 * line. They are the last ones, so that the interceptor runs after those of other customizers.
 *
 * <p>The interceptor is not a bean: an application may add all interceptors that are beans to
 * clients of its own, which may follow redirects.
 */
final class RestClientConfiguration {
  private static final String CLIENTS = "RestClient and RestTemplate";

  private RestClientConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.web.client.RestClientCustomizer.class)
  static class SpringBoot3 {

    @Bean
    Forwarder tracingPropagationForwarder(
        TracingPropagation propagation, ObjectProvider<ClientHttpRequestFactorySettings> settings) {
      ClientHttpRequestFactorySettings configured = settings.getIfAvailable();
      boolean follow =
          configured == null
              || configured.redirects() != ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW;
      return Forwarder.create(propagation, follow, CLIENTS, Redirects.BLOCKING_3);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestClientCustomizer tracingPropagationRestClient(
        Forwarder forwarder) {
      return builder -> builder.requestInterceptor(new ForwardingInterceptor(forwarder));
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestTemplateCustomizer tracingPropagationRestTemplate(
        Forwarder forwarder) {
      return template -> template.getInterceptors().add(new ForwardingInterceptor(forwarder));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(org.springframework.boot.restclient.RestClientCustomizer.class)
  static class SpringBoot4 {

    @Bean
    Forwarder tracingPropagationForwarder(
        TracingPropagation propagation,
        ObjectProvider<HttpClientSettings> settings,
        Environment environment) {
      HttpClientSettings configured = settings.getIfAvailable();
      boolean follow =
          Redirects.follow(configured == null ? null : configured.redirects(), environment);
      return Forwarder.create(propagation, follow, CLIENTS, Redirects.ALL_4_AND_GROUPS);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestClientCustomizer tracingPropagationRestClient(
        Forwarder forwarder) {
      return builder -> builder.requestInterceptor(new ForwardingInterceptor(forwarder));
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestTemplateCustomizer tracingPropagationRestTemplate(
        Forwarder forwarder) {
      return template -> template.getInterceptors().add(new ForwardingInterceptor(forwarder));
    }
  }
}
