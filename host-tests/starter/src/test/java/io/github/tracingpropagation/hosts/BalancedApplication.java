// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.service.annotation.GetExchange;

/** Clients that Spring Cloud balances: on Spring Boot's builders, and as an application has them. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(SpringBoots.Own.class)
class BalancedApplication {

  interface Ratings {
    @GetMapping("/{id}")
    @GetExchange("/{id}")
    String get(@PathVariable("id") String id);
  }

  @Bean("REST_TEMPLATE")
  @LoadBalanced
  RestTemplate restTemplate(BeanFactory beans) {
    return SpringBoots.restTemplate(beans);
  }

  @Bean("REST_CLIENT")
  @LoadBalanced
  RestClient.Builder restClient(BeanFactory beans) {
    return SpringBoots.restClient(beans);
  }

  @Bean("WEB_CLIENT")
  @LoadBalanced
  WebClient.Builder webClient(BeanFactory beans) {
    return SpringBoots.webClient(beans);
  }

  @Bean("OWN_REST_TEMPLATE")
  @LoadBalanced
  RestTemplate ownRestTemplate() {
    return new RestTemplate();
  }

  @Bean("OWN_REST_CLIENT")
  @LoadBalanced
  RestClient.Builder ownRestClient() {
    return RestClient.builder();
  }

  @Bean("OWN_WEB_CLIENT")
  @LoadBalanced
  WebClient.Builder ownWebClient() {
    return WebClient.builder();
  }
}
