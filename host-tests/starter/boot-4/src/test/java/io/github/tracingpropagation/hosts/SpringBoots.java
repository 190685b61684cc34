// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.restclient.autoconfigure.RestTemplateBuilderConfigurer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.registry.HttpServiceProxyRegistry;
import org.springframework.web.service.registry.ImportHttpServices;

/** Builders as Spring Boot makes them, where the application has a bean of its own instead. */
final class SpringBoots {
  private SpringBoots() {}

  @Configuration(proxyBeanMethods = false)
  @ImportHttpServices(group = "both", types = BalancedApplication.Ratings.class)
  @ImportHttpServices(group = "internal", types = BalancedApplication.Ratings.class)
  @ImportHttpServices(group = "local", types = BalancedApplication.Ratings.class)
  @ImportHttpServices(group = "public", types = BalancedApplication.Ratings.class)
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
    return restTemplateBuilder(beans).redirects(HttpRedirects.FOLLOW).build();
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

  /** Spring Cloud takes the name of a group without a URL for that of a service. */
  static BalancedApplication.Ratings httpInterface(BeanFactory beans, String service) {
    return beans
        .getBean(HttpServiceProxyRegistry.class)
        .getClient(service, BalancedApplication.Ratings.class);
  }
}
