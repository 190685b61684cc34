// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import okhttp3.OkHttpClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** An application with the starter, and with a client that Spring Boot does not build. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  // docs: spring boot
  @Bean
  RestClient ratings(RestClient.Builder builder) { // as without the starter
    return builder.build();
  }

  // docs: end

  // docs: spring boot clients
  @Bean
  OkHttpClient okHttpClient() { // with tracing-propagation-okhttp-interceptor
    return new OkHttpClient();
  }
  // docs: end
}
