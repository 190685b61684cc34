// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;
import org.springframework.boot.restclient.autoconfigure.RestTemplateBuilderConfigurer;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

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
    return beans
        .getBean(RestTemplateBuilderConfigurer.class)
        .configure(new RestTemplateBuilder())
        .build();
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
}
