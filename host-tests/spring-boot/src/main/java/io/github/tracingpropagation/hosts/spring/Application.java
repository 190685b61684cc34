// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
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
  OkHttpClient okHttpClient(TracingPropagation propagation) {
    return OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
  }
  // docs: end
}
