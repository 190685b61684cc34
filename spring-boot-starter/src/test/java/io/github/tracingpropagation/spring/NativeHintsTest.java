// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.ReflectionRecorder;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.listener.SimpleMessageListenerContainer;
import org.springframework.aop.interceptor.AsyncExecutionInterceptor;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/** What the jar tells the builder of a native image is all that it finds by reflection. */
class NativeHintsTest {

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    List<String> calls = ReflectionRecorder.record(Ways.class, "spring");

    assertThat(calls).allMatch(call -> call.startsWith("registered "));
    assertThat(registeredFields())
        .hasSizeGreaterThan(15)
        .allSatisfy(field -> assertThat(calls).anyMatch(call -> call.endsWith(" " + field)));
  }

  private static List<String> registeredFields() {
    RuntimeHints hints = new RuntimeHints();
    new NativeHints().registerHints(hints, NativeHintsTest.class.getClassLoader());
    return hints
        .reflection()
        .typeHints()
        .flatMap(type -> type.fields().map(it -> type.getType().getName() + "." + it.getName()))
        .toList();
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    public static void main(String[] args) {
      for (String property :
          List.of(
              "tracing.propagation.forward-to=127.0.0.1", "tracing.propagation.messaging=true")) {
        try (ConfigurableApplicationContext application =
            Applications.builder(Application.class, property).web(WebApplicationType.NONE).run()) {
          application
              .getBean(ConcurrentKafkaListenerContainerFactory.class)
              .createContainer("topic");
        }
      }
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {
    @Bean
    RestClient restClient() {
      return RestClient.create();
    }

    @Bean
    WebClient webClient() {
      return WebClient.create();
    }

    @Bean
    SimpleApplicationEventMulticaster applicationEventMulticaster() {
      return new SimpleApplicationEventMulticaster();
    }

    @Bean
    AsyncExecutionInterceptor asyncMethods() {
      return new AsyncExecutionInterceptor(new SimpleAsyncTaskExecutor());
    }

    @Bean
    RequestMappingHandlerAdapter handlerAdapter() {
      return new RequestMappingHandlerAdapter();
    }

    @Bean
    ThreadPoolTaskExecutor pool() {
      return new ThreadPoolTaskExecutor();
    }

    @Bean
    SimpleAsyncTaskExecutor simple() {
      return new SimpleAsyncTaskExecutor();
    }

    @Bean
    ConcurrentTaskExecutor concurrent(ExecutorService jdks) {
      return new ConcurrentTaskExecutor(jdks);
    }

    @Bean
    TaskExecutorAdapter adapter(ExecutorService jdks) {
      return new TaskExecutorAdapter(jdks);
    }

    @Bean
    ExecutorService jdks() {
      return Executors.newSingleThreadExecutor();
    }

    @Bean
    SimpleMessageListenerContainer rabbit() {
      SimpleMessageListenerContainer container =
          new SimpleMessageListenerContainer(new CachingConnectionFactory("127.0.0.1"));
      container.setAutoStartup(false);
      return container;
    }
  }
}
