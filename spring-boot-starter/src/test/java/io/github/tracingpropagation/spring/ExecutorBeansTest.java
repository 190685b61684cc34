// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.concurrent.ThreadPoolExecutorFactoryBean;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Executors that are beans, as applications write them. */
class ExecutorBeansTest {
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withConfiguration(AutoConfigurations.of(TracingPropagationAutoConfiguration.class));

  @Configuration(proxyBeanMethods = false)
  static class Own {
    final List<String> decorated = new ArrayList<>();

    @Bean
    ThreadPoolTaskExecutor pool() {
      return small(new ThreadPoolTaskExecutor());
    }

    @Bean
    Executor initializedInItsMethod() {
      ThreadPoolTaskExecutor pool = small(new ThreadPoolTaskExecutor());
      pool.initialize();
      return pool;
    }

    @Bean
    ThreadPoolTaskExecutor decorated() {
      ThreadPoolTaskExecutor pool = small(new ThreadPoolTaskExecutor());
      pool.setTaskDecorator(
          task ->
              () -> {
                decorated.add(seen());
                task.run();
              });
      return pool;
    }

    @Bean
    @Lazy
    TaskExecutor simple() {
      return new SimpleAsyncTaskExecutor("simple-");
    }

    @Bean
    AsyncTaskExecutor concurrent(@Qualifier("fixed") ExecutorService fixed) {
      return new ConcurrentTaskExecutor(fixed);
    }

    @Bean
    AsyncTaskExecutor adapter() {
      return new TaskExecutorAdapter(Executors.newSingleThreadExecutor(Own::daemon));
    }

    @Bean
    ExecutorService fixed() {
      return Executors.newFixedThreadPool(1, Own::daemon);
    }

    @Bean
    ExecutorService single() {
      return Executors.newSingleThreadExecutor(Own::daemon);
    }

    @Bean
    ExecutorService forkJoin() {
      return new ForkJoinPool(1);
    }

    @Bean
    Executor lambda() {
      return task -> daemon(task).start();
    }

    static Thread daemon(Runnable task) {
      Thread thread = new Thread(task);
      thread.setDaemon(true);
      return thread;
    }

    private static ThreadPoolTaskExecutor small(ThreadPoolTaskExecutor pool) {
      pool.setCorePoolSize(1);
      pool.setDaemon(true);
      return pool;
    }
  }

  @Test
  void rule11_executorBeans_seeWhatWasCapturedWhereATaskWasSubmitted() {
    with(
        Own.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(executors).hasSize(10);
          for (Map.Entry<String, Executor> entry : executors.entrySet()) {
            Executor executor = entry.getValue();
            String name = entry.getKey();
            assertThat(inRequest("1", () -> seenBy(executor))).as(name).isEqualTo("1");
            assertThat(inRequest("2", () -> seenBy(executor))).as(name).isEqualTo("2");
            assertThat(seenBy(executor)).as(name).isEqualTo("nothing");
          }
          assertThat(reasons(context))
              .hasSize(10)
              .allSatisfy((name, no) -> assertThat(no).isEmpty());
          assertThat(context.getBean(Own.class).decorated).containsExactly("1", "2", "nothing");
        });
  }

  @Test
  void rule11_eachWayToSubmit_isBound() {
    with(
        Own.class,
        context -> {
          for (String name : List.of("fixed", "forkJoin")) {
            ExecutorService executor = context.getBean(name, ExecutorService.class);
            Callable<String> task = Requests::seen;
            List<String> seen = new ArrayList<>();
            inRequest(
                "1",
                () -> {
                  seen.add(executor.submit(task).get());
                  executor.submit(() -> seen.add(seen())).get();
                  executor.submit(() -> seen.add(seen()), "result").get();
                  for (Future<String> future : executor.invokeAll(List.of(task, task))) {
                    seen.add(future.get());
                  }
                  seen.add(executor.invokeAny(List.of(task), 20, TimeUnit.SECONDS));
                  return seen.add(CompletableFuture.supplyAsync(Requests::seen, executor).get());
                });
            assertThat(seen).as(name).hasSize(7).containsOnly("1");
          }
          ThreadPoolExecutor pool =
              context.getBean("pool", ThreadPoolTaskExecutor.class).getThreadPoolExecutor();
          assertThat(inRequest("1", () -> pool.submit(Requests::seen).get())).isEqualTo("1");
        });
  }

  @Configuration(proxyBeanMethods = false)
  static class LeftAlone {
    @Bean
    ThreadPoolExecutor ofAClass() {
      return (ThreadPoolExecutor) Executors.newFixedThreadPool(1, Own::daemon);
    }

    @Bean
    ThreadPoolExecutorFactoryBean ofAFactory() {
      return new ThreadPoolExecutorFactoryBean();
    }

    @Bean
    ExecutorService ordered() {
      return new ThreadPoolExecutor(
          1, 1, 1, TimeUnit.SECONDS, new PriorityBlockingQueue<>(), Own::daemon);
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
      return Executors.newSingleThreadScheduledExecutor(Own::daemon);
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
                  "ofAClass", "it is declared as the class " + ThreadPoolExecutor.class.getName())
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
                  executor.execute(new InOrder(() -> seen.complete(seen())));
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

  record InOrder(Runnable task) implements Runnable, Comparable<InOrder> {
    @Override
    public void run() {
      task.run();
    }

    @Override
    public int compareTo(InOrder other) {
      return 0;
    }
  }

  private void with(Class<?> configuration, ContextConsumer<AssertableApplicationContext> test) {
    application.withUserConfiguration(configuration).run(test);
  }

  /** Returns by name why each executor does not forward, or nothing. */
  private static Map<String, String> reasons(AssertableApplicationContext context) {
    Map<String, String> reasons = new TreeMap<>();
    for (Inventory.Entry entry : context.getBean(Inventory.class).entries()) {
      reasons.put(entry.bean(), entry.reason() == null ? "" : entry.reason());
    }
    return reasons;
  }

  private static String seenBy(Executor executor) throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    executor.execute(() -> seen.complete(seen()));
    return seen.get(20, TimeUnit.SECONDS);
  }
}
