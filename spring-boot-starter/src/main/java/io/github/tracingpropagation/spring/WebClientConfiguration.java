// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Outbound: each {@code WebClient} that is a bean, or that Spring Boot's builder builds. As for
 * {@code RestClient}, there is a configuration for each line of Spring Boot.
 */
final class WebClientConfiguration {
  private static final String CLIENTS = "WebClient";
  private static final String BEANS = TracingPropagationProperties.BEANS + ".web-client";

  private WebClientConfiguration() {}

  /** Clients and builders that are beans, however they are built. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(WebClient.class)
  @ConditionalOnBooleanProperty(name = BEANS, matchIfMissing = true)
  static class Beans {

    @Bean
    static ForwardingBeans<WebClient> tracingPropagationWebClients(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(WebClient.class, SpringWebClients.of(beans)::forwarding, beans);
    }

    @Bean
    static ForwardingBeans<WebClient.Builder> tracingPropagationWebClientBuilders(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(
          WebClient.Builder.class, SpringWebClients.of(beans)::forwarding, beans);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    WebClient.class,
    org.springframework.boot.web.reactive.function.client.WebClientCustomizer.class
  })
  static class SpringBoot3 {

    @Bean
    static InnermostForwarding tracingPropagationConnectors(
        ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
      return new InnermostForwarding(
          ClientHttpConnectorBuilder.class,
          settings ->
              ((ClientHttpConnectorSettings) settings).redirects() == HttpRedirects.DONT_FOLLOW,
          CLIENTS,
          RedirectDefaults.REACTIVE_3,
          propagation,
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnBooleanProperty(name = BEANS, matchIfMissing = true)
    org.springframework.boot.web.reactive.function.client.WebClientCustomizer
        tracingPropagationWebClient(ConfigurableListableBeanFactory beans) {
      return SpringWebClients.of(beans)::forwarding;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    WebClient.class,
    org.springframework.boot.webclient.WebClientCustomizer.class
  })
  static class SpringBoot4 {

    @Bean
    static InnermostForwarding tracingPropagationConnectors(
        ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
      return new InnermostForwarding(
          ClientHttpConnectorBuilder.class,
          settings -> ((HttpClientSettings) settings).redirects() == HttpRedirects.DONT_FOLLOW,
          CLIENTS,
          RedirectDefaults.ALL_4_AND_GROUPS,
          propagation,
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    @ConditionalOnBooleanProperty(name = BEANS, matchIfMissing = true)
    org.springframework.boot.webclient.WebClientCustomizer tracingPropagationWebClient(
        ConfigurableListableBeanFactory beans) {
      return SpringWebClients.of(beans)::forwarding;
    }
  }
}
