// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

/** Two decorators of the application's own work, which Spring Boot 3.5 alone ignores. */
class TaskDecoratorsTest extends ServletTest {
  private static final AtomicInteger FIRST = new AtomicInteger();
  private static final AtomicInteger SECOND = new AtomicInteger();

  @Override
  List<Class<?>> sources() {
    return List.of(Application.class, TwoDecorators.class);
  }

  @Override
  Stream<Way> ways() {
    return Stream.of(Way.ASYNC);
  }

  @Test
  void eachDecorator_isCalled() {
    FIRST.set(0);
    SECOND.set(0);

    application().get("/completable-future/rest-client?id=decorated", Map.of()).join();

    assertThat(FIRST).hasPositiveValue();
    assertThat(SECOND).hasPositiveValue();
  }

  @Configuration(proxyBeanMethods = false)
  static class TwoDecorators {
    @Bean
    TaskDecorator first() {
      return counting(FIRST);
    }

    @Bean
    TaskDecorator second() {
      return counting(SECOND);
    }

    private static TaskDecorator counting(AtomicInteger calls) {
      return task ->
          () -> {
            calls.incrementAndGet();
            task.run();
          };
    }
  }
}
