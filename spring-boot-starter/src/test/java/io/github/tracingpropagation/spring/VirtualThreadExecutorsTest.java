// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.reasons;
import static io.github.tracingpropagation.spring.ExecutorApplication.seenBy;
import static io.github.tracingpropagation.spring.ExecutorApplication.with;
import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.VirtualThreadTaskExecutor;

/** Executors of virtual threads. */
class VirtualThreadExecutorsTest {
  @Configuration(proxyBeanMethods = false)
  static class Virtual {
    @Bean
    VirtualThreadTaskExecutor ofAClass() {
      return new VirtualThreadTaskExecutor("virtual-");
    }

    @Bean
    AsyncTaskExecutor ofAnInterface() {
      return new VirtualThreadTaskExecutor("virtual-");
    }

    @Bean
    SimpleAsyncTaskExecutor simple() {
      SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor("virtual-");
      executor.setVirtualThreads(true);
      return executor;
    }

    /** By reflection, since Java 17 has none. */
    @Bean
    ExecutorService perTask() throws ReflectiveOperationException {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void rule11_virtualThreads_seeWhatWasCapturedWhereATaskWasSubmitted() {
    with(
        Virtual.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(executors).hasSize(4);
          for (Map.Entry<String, Executor> entry : executors.entrySet()) {
            String name = entry.getKey();
            Executor executor = entry.getValue();
            assertThat(inRequest("1", () -> seenBy(executor))).as(name).isEqualTo("1");
            assertThat(seenBy(executor)).as(name).isEqualTo("nothing");
          }
          AsyncTaskExecutor ofAClass = context.getBean("ofAClass", VirtualThreadTaskExecutor.class);
          Callable<String> task = () -> Thread.currentThread().getName() + seen();
          assertThat(inRequest("1", () -> ofAClass.submit(task).get())).matches("virtual-\\d+1");
          assertThat(reasons(context)).allSatisfy((name, no) -> assertThat(no).isEmpty());
        });
  }
}
