// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
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
 * Outbound: each {@code RestClient} and {@code RestTemplate} that is a bean, or that Spring Boot's
 * builders build. The customizers are in another package since Spring Boot 4, so there is a
 * configuration for each line. They are the last ones, so that they see the interceptors of other
 * customizers.
 *
 * <p>The interceptor is not a bean: an application may add all interceptors that are beans to
 * clients of its own, which may follow redirects.
 */
final class RestClientConfiguration {
  private static final String CLIENTS = "RestClient and RestTemplate";
  private static final String REST_TEMPLATE = TracingPropagationProperties.BEANS + ".rest-template";
  private static final String REST_CLIENT = TracingPropagationProperties.BEANS + ".rest-client";

  private RestClientConfiguration() {}

  /** Clients and builders that are beans, however they are built. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(RestClient.class)
  static class Beans {

    @Bean
    @ConditionalOnBooleanProperty(name = REST_TEMPLATE, matchIfMissing = true)
    static ForwardingBeans<RestTemplate> tracingPropagationRestTemplates(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(RestTemplate.class, SpringClients.of(beans)::forwarding, beans);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = REST_CLIENT, matchIfMissing = true)
    static ForwardingBeans<RestClient> tracingPropagationRestClients(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(RestClient.class, SpringClients.of(beans)::forwarding, beans);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = REST_CLIENT, matchIfMissing = true)
    static ForwardingBeans<RestClient.Builder> tracingPropagationRestClientBuilders(
        ConfigurableListableBeanFactory beans) {
      return ForwardingBeans.of(
          RestClient.Builder.class, SpringClients.of(beans)::forwarding, beans);
    }
  }

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
          RedirectDefaults.BLOCKING_3,
          propagation,
          beans);
    }

    @Bean
    SpringClients.SpringBoots tracingPropagationSpringBootsFactory(
        ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
        ObjectProvider<ClientHttpRequestFactorySettings> settings) {
      return () -> {
        ClientHttpRequestFactoryBuilder<?> builder = factories.getIfUnique();
        return builder == null
            ? null
            : builder.build(settings.getIfUnique(ClientHttpRequestFactorySettings::defaults));
      };
    }

    @Bean
    @ConditionalOnBooleanProperty(name = REST_TEMPLATE, matchIfMissing = true)
    static ForwardingBeans<org.springframework.boot.web.client.RestTemplateBuilder>
        tracingPropagationRestTemplateBuilders(ConfigurableListableBeanFactory beans) {
      SpringClients clients = SpringClients.of(beans);
      return ForwardingBeans.of(
          org.springframework.boot.web.client.RestTemplateBuilder.class,
          builder ->
              clients.treated(
                  builder.additionalCustomizers(clients::forwarding),
                  builder.requestFactoryBuilder()),
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestClientCustomizer tracingPropagationRestClient(
        ConfigurableListableBeanFactory beans,
        @Value("${" + REST_CLIENT + ":true}") boolean forwards) {
      return forwards ? SpringClients.of(beans)::forwarding : SpringClients::leaveAlone;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.web.client.RestTemplateCustomizer tracingPropagationRestTemplate(
        ConfigurableListableBeanFactory beans,
        @Value("${" + REST_TEMPLATE + ":true}") boolean forwards) {
      return forwards ? SpringClients.of(beans)::forwarding : SpringClients::leaveAlone;
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
          RedirectDefaults.ALL_4_AND_GROUPS,
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
    SpringClients.SpringBoots tracingPropagationSpringBootsFactory(
        ObjectProvider<ClientHttpRequestFactory> factory) {
      return factory::getIfUnique;
    }

    @Bean
    @ConditionalOnBooleanProperty(name = REST_TEMPLATE, matchIfMissing = true)
    static ForwardingBeans<org.springframework.boot.restclient.RestTemplateBuilder>
        tracingPropagationRestTemplateBuilders(ConfigurableListableBeanFactory beans) {
      SpringClients clients = SpringClients.of(beans);
      return ForwardingBeans.of(
          org.springframework.boot.restclient.RestTemplateBuilder.class,
          builder ->
              clients.treated(
                  builder.additionalCustomizers(clients::forwarding),
                  builder.requestFactoryBuilder()),
          beans);
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestClientCustomizer tracingPropagationRestClient(
        ConfigurableListableBeanFactory beans,
        @Value("${" + REST_CLIENT + ":true}") boolean forwards) {
      return forwards ? SpringClients.of(beans)::forwarding : SpringClients::leaveAlone;
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    org.springframework.boot.restclient.RestTemplateCustomizer tracingPropagationRestTemplate(
        ConfigurableListableBeanFactory beans,
        @Value("${" + REST_TEMPLATE + ":true}") boolean forwards) {
      return forwards ? SpringClients.of(beans)::forwarding : SpringClients::leaveAlone;
    }
  }
}
