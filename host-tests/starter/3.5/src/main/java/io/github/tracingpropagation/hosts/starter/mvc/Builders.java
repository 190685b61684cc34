// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.support.RestClientAdapter;
import org.springframework.web.service.invoker.HttpServiceProxyFactory;

/** What differs in Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
class Builders {
  @Bean
  RestTemplates restTemplates(RestTemplateBuilder builder) {
    return factory -> factory.map(builder::requestFactoryBuilder).orElse(builder).build();
  }

  @Bean
  Ratings ratings(RestClient.Builder builder, @Value("${downstream}") String downstream) {
    RestClientAdapter adapter = RestClientAdapter.create(builder.baseUrl(downstream).build());
    return HttpServiceProxyFactory.builderFor(adapter).build().createClient(Ratings.class);
  }
}
