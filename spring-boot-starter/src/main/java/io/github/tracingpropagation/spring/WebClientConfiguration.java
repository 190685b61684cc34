// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Outbound: each {@code WebClient} that Spring Boot's builder builds. As for {@code RestClient},
 * there is a configuration for each line of Spring Boot.
 */
final class WebClientConfiguration {
  private static final String CLIENTS = "WebClient";

  private WebClientConfiguration() {}

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    WebClient.class,
    org.springframework.boot.web.reactive.function.client.WebClientCustomizer.class
  })
  static class SpringBoot3 {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.reactive.function.client.WebClientCustomizer
        tracingPropagationWebClient(
            TracingPropagation propagation, ObjectProvider<ClientHttpConnectorSettings> settings) {
      ClientHttpConnectorSettings configured = settings.getIfAvailable();
      boolean follow = configured == null || configured.redirects() != HttpRedirects.DONT_FOLLOW;
      SingletonSupplier<Forwarder> forwarder =
          SingletonSupplier.of(
              () -> Forwarder.create(propagation, follow, CLIENTS, Redirects.REACTIVE_3));
      return builder -> builder.filter(new ForwardingExchangeFilter(forwarder.obtain()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    WebClient.class,
    org.springframework.boot.webclient.WebClientCustomizer.class
  })
  static class SpringBoot4 {

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.webclient.WebClientCustomizer tracingPropagationWebClient(
        TracingPropagation propagation,
        ObjectProvider<HttpClientSettings> settings,
        Environment environment) {
      HttpClientSettings configured = settings.getIfAvailable();
      boolean follow =
          Redirects.follow(configured == null ? null : configured.redirects(), environment);
      SingletonSupplier<Forwarder> forwarder =
          SingletonSupplier.of(
              () -> Forwarder.create(propagation, follow, CLIENTS, Redirects.ALL_4_AND_GROUPS));
      return builder -> builder.filter(new ForwardingExchangeFilter(forwarder.obtain()));
    }
  }
}
