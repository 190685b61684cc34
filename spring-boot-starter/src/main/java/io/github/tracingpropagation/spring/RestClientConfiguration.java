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
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.web.client.RestClient;

/**
 * Outbound: each {@code RestClient} and {@code RestTemplate} that Spring Boot's builders build. The
 * customizers are in another package since Spring Boot 4, so there is a configuration for each
 * line. They are the last ones, so that they see the interceptors of other customizers.
 *
 * <p>The forwarder is lazy, so that it warns only if a client is built. The interceptor is not a
 * bean: an application may add all interceptors that are beans to clients of its own, which may
 * follow redirects.
 */
final class RestClientConfiguration {
  private static final String CLIENTS = "RestClient and RestTemplate";

  private RestClientConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    RestClient.class,
    org.springframework.boot.web.client.RestClientCustomizer.class
  })
  static class SpringBoot3 {

    @Bean
    @Lazy
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
        ObjectProvider<Forwarder> forwarder) {
      return builder -> ForwardingInterceptor.addTo(builder, forwarder.getObject());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestTemplateCustomizer tracingPropagationRestTemplate(
        ObjectProvider<Forwarder> forwarder) {
      return template ->
          template.getInterceptors().add(new ForwardingInterceptor(forwarder.getObject()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    RestClient.class,
    org.springframework.boot.restclient.RestClientCustomizer.class
  })
  static class SpringBoot4 {

    @Bean
    @Lazy
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
        ObjectProvider<Forwarder> forwarder) {
      return builder -> ForwardingInterceptor.addTo(builder, forwarder.getObject());
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestTemplateCustomizer tracingPropagationRestTemplate(
        ObjectProvider<Forwarder> forwarder) {
      return template ->
          template.getInterceptors().add(new ForwardingInterceptor(forwarder.getObject()));
    }
  }
}
