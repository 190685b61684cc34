// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.application;
import static io.github.tracingpropagation.spring.ExecutorApplication.reasons;
import static io.github.tracingpropagation.spring.ExecutorApplication.with;
import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolExecutorFactoryBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Executors and tasks that cannot be bound, or must not. */
class ExecutorsLeftAloneTest {
  @Configuration(proxyBeanMethods = false)
  static class LeftAlone {
    @Bean
    ForkJoinPool ofAClass() {
      return new ForkJoinPool(1);
    }

    @Bean
    ThreadPoolExecutorFactoryBean ofAFactory() {
      return new ThreadPoolExecutorFactoryBean();
    }

    @Bean
    ExecutorService ordered() {
      return new ThreadPoolExecutor(
          1, 1, 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), OwnExecutors::daemon);
    }

    @Bean
    ThreadPoolTaskExecutor orderedBySpring() {
      return new ThreadPoolTaskExecutor() {
        @Override
        protected BlockingQueue<Runnable> createQueue(int capacity) {
          return new PriorityBlockingQueue<>();
        }
      };
    }

    @Bean
    ScheduledExecutorService scheduled() {
      return Executors.newSingleThreadScheduledExecutor(OwnExecutors::daemon);
    }

    @Bean
    ThreadPoolTaskScheduler scheduler() {
      return new ThreadPoolTaskScheduler();
    }

    @Bean
    SimpleAsyncTaskScheduler simpleScheduler() {
      return new SimpleAsyncTaskScheduler();
    }

    @Bean
    @WithoutTracingPropagation
    ThreadPoolTaskExecutor exempt() {
      return new ThreadPoolTaskExecutor();
    }
  }

  @Test
  void others_areLeftAlone_withTheReason() {
    with(
        LeftAlone.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(reasons(context))
              .containsEntry(
                  "ofAClass", "it is declared as the class " + ForkJoinPool.class.getName())
              .containsEntry(
                  "ofAFactory",
                  "it is declared as the class " + ThreadPoolExecutorFactoryBean.class.getName())
              .containsEntry("ordered", "its queue orders the tasks")
              .containsEntry("orderedBySpring", "its queue orders the tasks")
              .containsEntry("scheduled", "it schedules tasks")
              .containsEntry("scheduler", "it schedules tasks")
              .containsEntry("simpleScheduler", "it schedules tasks")
              .containsEntry("exempt", "it has @WithoutTracingPropagation")
              .hasSize(8);
          for (Executor executor : executors.values()) {
            CompletableFuture<String> seen = new CompletableFuture<>();
            inRequest(
                "1",
                () -> {
                  executor.execute(new ExecutorApplication.InOrder(() -> seen.complete(seen())));
                  return null;
                });
            assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("nothing");
          }
          TaskScheduler scheduler = context.getBean("scheduler", TaskScheduler.class);
          CompletableFuture<String> seen = new CompletableFuture<>();
          inRequest("1", () -> scheduler.schedule(() -> seen.complete(seen()), Instant.now()));
          assertThat(seen.get(20, TimeUnit.SECONDS)).isEqualTo("nothing");
        });
  }

  /** The class may order a queue that cannot be seen. */
  @Test
  void comparableTask_isPassedOnAsItIs() {
    List<Runnable> tasks = new ArrayList<>();
    application()
        .withUserConfiguration(Collecting.class)
        .withBean("tasks", List.class, () -> tasks)
        .run(
            context -> {
              ExecutorApplication.InOrder task = new ExecutorApplication.InOrder(() -> {});
              context.getBean("collecting", Executor.class).execute(task);
              context.getBean("adapter", Executor.class).execute(task);
              assertThat(tasks).containsExactly(task, task);
            });
  }

  /** As with a caller that helps, or a pool that leaves something behind. */
  @Test
  void rule11_task_seesNothingOfTheRequestThatRunsIt() {
    List<Runnable> tasks = new ArrayList<>();
    List<String> seen = new ArrayList<>();
    application()
        .withUserConfiguration(Collecting.class)
        .withBean("tasks", List.class, () -> tasks)
        .run(
            context -> {
              for (Executor executor : context.getBeansOfType(Executor.class).values()) {
                if (!(executor instanceof ThreadPoolTaskExecutor)) {
                  executor.execute(() -> seen.add(seen()));
                }
              }
              inRequest(
                  "2",
                  () -> {
                    tasks.forEach(Runnable::run);
                    return null;
                  });
              assertThat(seen).containsExactly("nothing", "nothing");
            });
  }

  @Configuration(proxyBeanMethods = false)
  static class Collecting {
    @Bean
    Executor collecting(@Qualifier("tasks") List<Runnable> tasks) {
      return tasks::add;
    }

    @Bean
    Executor adapter(@Qualifier("tasks") List<Runnable> tasks) {
      return new TaskExecutorAdapter(tasks::add);
    }
  }
}
