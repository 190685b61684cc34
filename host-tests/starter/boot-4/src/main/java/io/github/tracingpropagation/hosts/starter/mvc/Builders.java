// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.service.registry.ImportHttpServices;

/** What differs in Spring Boot 3. */
@Configuration(proxyBeanMethods = false)
@ImportHttpServices(group = "ratings", types = Ratings.class)
class Builders {
  @Bean
  RestTemplates restTemplates(RestTemplateBuilder builder) {
    return factory -> factory.map(builder::requestFactoryBuilder).orElse(builder).build();
  }
}
