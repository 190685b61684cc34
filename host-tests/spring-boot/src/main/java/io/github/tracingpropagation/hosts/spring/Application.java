// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.okhttp.OkHttpTracingPropagation;
import io.github.tracingpropagation.servlet.TracingPropagationFilter;
import io.opentelemetry.context.Context;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.task.ThreadPoolTaskExecutorCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.client.RestClient;

/** An application with all that the library needs: the filter, its clients, and their threads. */
@SpringBootApplication(proxyBeanMethods = false)
public class Application {
  public static void main(String[] args) {
    SpringApplication.run(Application.class, args);
  }

  // docs: spring boot
  @Bean
  TracingPropagation tracingPropagation() {
    return TracingPropagation.fromEnvironment();
  }

  @Bean
  FilterRegistrationBean<TracingPropagationFilter> tracing(TracingPropagation propagation) {
    FilterRegistrationBean<TracingPropagationFilter> tracing =
        new FilterRegistrationBean<>(new TracingPropagationFilter(propagation));
    tracing.setOrder(Ordered.HIGHEST_PRECEDENCE);
    tracing.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    tracing.setAsyncSupported(true);
    return tracing;
  }

  // docs: end

  // docs: spring boot clients
  @Bean
  RestClient restClient(RestClient.Builder builder, TracingPropagation propagation) {
    return builder
        .requestInterceptor(
            (request, body, execution) -> {
              HttpHeaders headers = request.getHeaders();
              Set<String> present = headers.toSingleValueMap().keySet();
              propagation.inject(
                  Context.current(), request.getURI(), present, headers, HttpHeaders::set);
              return execution.execute(request, body);
            })
        .build();
  }

  @Bean
  ThreadPoolTaskExecutorCustomizer contextOfTasks() { // a TaskDecorator decorates schedulers, too
    return executor -> executor.setTaskDecorator(task -> Context.current().wrap(task));
  }

  // docs: end

  @Bean
  OkHttpClient okHttpClient(TracingPropagation propagation) {
    return OkHttpTracingPropagation.install(new OkHttpClient.Builder(), propagation).build();
  }
}
