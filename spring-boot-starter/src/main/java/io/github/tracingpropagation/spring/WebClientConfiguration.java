// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.web.WebClientTracingPropagation;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorSettings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Outbound: each {@code WebClient} that Spring Boot's builder builds, and those of the application
 * that Spring Cloud balances. As for {@code RestClient}, there is a configuration for each line of
 * Spring Boot.
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
    static InnermostForwarding tracingPropagationConnectors(
        ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
      return new InnermostForwarding(
          ClientHttpConnectorBuilder.class,
          settings ->
              ((ClientHttpConnectorSettings) settings).redirects() == HttpRedirects.DONT_FOLLOW,
          CLIENTS,
          Redirects.REACTIVE_3,
          propagation,
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.reactive.function.client.WebClientCustomizer
        tracingPropagationWebClient(TracingPropagation propagation) {
      return builder -> WebClientTracingPropagation.install(builder, propagation);
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
          Redirects.ALL_4_AND_GROUPS,
          propagation,
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.webclient.WebClientCustomizer tracingPropagationWebClient(
        TracingPropagation propagation) {
      return builder -> WebClientTracingPropagation.install(builder, propagation);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(value = WebClient.class, name = LoadBalancedBeans.ANNOTATION)
  static class LoadBalanced {

    @Bean
    static LoadBalancedBeans tracingPropagationLoadBalancedWebClients(
        ObjectProvider<TracingPropagation> propagations,
        ObjectProvider<ClientHttpConnector> springBoots,
        ConfigurableListableBeanFactory beans) {
      return new LoadBalancedBeans(
          beans,
          List.of(
              new LoadBalancedBeans.Kind<>(
                  WebClient.Builder.class,
                  builder -> {
                    TracingPropagation propagation = propagations.getObject();
                    if (!propagation.destinations().includesAll()
                        && LoadBalancedBeans.lacks(builder, "connector")) {
                      springBoots.ifUnique(builder::clientConnector);
                    }
                    return WebClientTracingPropagation.install(builder, propagation);
                  })));
    }
  }
}
