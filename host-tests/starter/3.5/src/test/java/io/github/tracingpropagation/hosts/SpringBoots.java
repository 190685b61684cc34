// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.web.client.RestClientBuilderConfigurer;
import org.springframework.boot.autoconfigure.web.client.RestTemplateBuilderConfigurer;
import org.springframework.boot.http.client.ClientHttpRequestFactorySettings;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.boot.web.reactive.function.client.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** Builders as Spring Boot makes them, where the application has a bean of its own instead. */
final class SpringBoots {
  private SpringBoots() {}

  @Configuration(proxyBeanMethods = false)
  static class Own {
    @Bean
    @LoadBalanced
    RestTemplateBuilder ownRestTemplateBuilder() {
      return new RestTemplateBuilder();
    }

    /** Returns a client of the builder above. */
    static RestTemplate built(BeanFactory beans) {
      return beans.getBean(RestTemplateBuilder.class).build();
    }
  }

  static RestTemplate restTemplate(BeanFactory beans) {
    return restTemplateBuilder(beans).build();
  }

  /** Returns a client that follows redirects, whatever the property says. */
  static RestTemplate followingRestTemplate(BeanFactory beans) {
    return restTemplateBuilder(beans).redirects(ClientHttpRequestFactorySettings.Redirects.FOLLOW).build();
  }

  private static RestTemplateBuilder restTemplateBuilder(BeanFactory beans) {
    return beans
        .getBean(RestTemplateBuilderConfigurer.class)
        .configure(new RestTemplateBuilder());
  }

  static RestClient.Builder restClient(BeanFactory beans) {
    return beans.getBean(RestClientBuilderConfigurer.class).configure(RestClient.builder());
  }

  static WebClient.Builder webClient(BeanFactory beans) {
    WebClient.Builder builder = WebClient.builder();
    beans
        .getBeanProvider(WebClientCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(builder));
    return builder;
  }

  /** Spring Boot 3 makes none, so the application has one on a client that is balanced. */
  static BalancedApplication.Ratings httpInterface(BeanFactory beans, String service) {
    RestClient.Builder client = beans.getBean("REST_CLIENT", RestClient.Builder.class).clone();
    return HttpServiceProxyFactory.builderFor(
            RestClientAdapter.create(client.baseUrl("http://" + service).build()))
        .build()
        .createClient(BalancedApplication.Ratings.class);
  }
}
