// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.spring.web.RestClientTracingPropagation;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/**
 * Outbound: each {@code RestClient} and {@code RestTemplate} that Spring Boot's builders build, and
 * those of the application that Spring Cloud balances. The customizers are in another package since
 * Spring Boot 4, so there is a configuration for each line. They are the last ones, so that they
 * see the interceptors of other customizers.
 *
 * <p>The interceptor is not a bean: an application may add all interceptors that are beans to
 * clients of its own, which may follow redirects.
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
    static InnermostForwarding tracingPropagationRequestFactories(
        ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
      return new InnermostForwarding(
          ClientHttpRequestFactoryBuilder.class,
          settings ->
              ((ClientHttpRequestFactorySettings) settings).redirects()
                  == ClientHttpRequestFactorySettings.Redirects.DONT_FOLLOW,
          CLIENTS,
          Redirects.BLOCKING_3,
          propagation,
          beans);
    }

    @Bean
    @ConditionalOnClass(name = LoadBalancedBeans.ANNOTATION)
    static LoadBalancedBeans tracingPropagationLoadBalancedClients(
        ObjectProvider<TracingPropagation> propagation,
        ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
        ObjectProvider<ClientHttpRequestFactorySettings> settings,
        ConfigurableListableBeanFactory beans) {
      LoadBalancedClients clients =
          new LoadBalancedClients(
              propagation,
              () -> {
                ClientHttpRequestFactoryBuilder<?> builder = factories.getIfUnique();
                return builder == null
                    ? null
                    : builder.build(
                        settings.getIfUnique(ClientHttpRequestFactorySettings::defaults));
              });
      return new LoadBalancedBeans(
          beans,
          List.of(
              new LoadBalancedBeans.Kind<>(RestTemplate.class, clients::forwarding),
              new LoadBalancedBeans.Kind<>(RestClient.Builder.class, clients::forwarding),
              new LoadBalancedBeans.Kind<>(
                  org.springframework.boot.web.client.RestTemplateBuilder.class,
                  builder -> builder.additionalCustomizers(clients::forwarding))));
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestClientCustomizer tracingPropagationRestClient(
        TracingPropagation propagation) {
      return builder -> RestClientTracingPropagation.install(builder, propagation);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestTemplateCustomizer tracingPropagationRestTemplate(
        TracingPropagation propagation) {
      return template -> RestClientTracingPropagation.install(template, propagation);
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({
    RestClient.class,
    org.springframework.boot.restclient.RestClientCustomizer.class
  })
  static class SpringBoot4 {

    @Bean
    static InnermostForwarding tracingPropagationRequestFactories(
        ObjectProvider<TracingPropagation> propagation, ConfigurableListableBeanFactory beans) {
      return new InnermostForwarding(
          ClientHttpRequestFactoryBuilder.class,
          settings -> ((HttpClientSettings) settings).redirects() == HttpRedirects.DONT_FOLLOW,
          CLIENTS,
          Redirects.ALL_4_AND_GROUPS,
          propagation,
          beans);
    }

    /** What Spring Boot would use as well, but a bean, so that it can be made to forward. */
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.REACTIVE)
    ClientHttpRequestFactoryBuilder<?> tracingPropagationRequestFactoryBuilder() {
      return ClientHttpRequestFactoryBuilder.detect();
    }

    @Bean
    @ConditionalOnClass(name = LoadBalancedBeans.ANNOTATION)
    static LoadBalancedBeans tracingPropagationLoadBalancedClients(
        ObjectProvider<TracingPropagation> propagation,
        ObjectProvider<ClientHttpRequestFactory> factory,
        ConfigurableListableBeanFactory beans) {
      LoadBalancedClients clients = new LoadBalancedClients(propagation, factory::getIfUnique);
      return new LoadBalancedBeans(
          beans,
          List.of(
              new LoadBalancedBeans.Kind<>(RestTemplate.class, clients::forwarding),
              new LoadBalancedBeans.Kind<>(RestClient.Builder.class, clients::forwarding),
              new LoadBalancedBeans.Kind<>(
                  org.springframework.boot.restclient.RestTemplateBuilder.class,
                  builder -> builder.additionalCustomizers(clients::forwarding))));
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestClientCustomizer tracingPropagationRestClient(
        TracingPropagation propagation) {
      return builder -> RestClientTracingPropagation.install(builder, propagation);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestTemplateCustomizer tracingPropagationRestTemplate(
        TracingPropagation propagation) {
      return template -> RestClientTracingPropagation.install(template, propagation);
    }
  }
}
