// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.Requests.seen;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.scheduling.concurrent.ConcurrentTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Executors as applications write them. */
@Configuration(proxyBeanMethods = false)
class OwnExecutors {
  static final int COUNT = 13;

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
    return new TaskExecutorAdapter(Executors.newSingleThreadExecutor(OwnExecutors::daemon));
  }

  @Bean
  ExecutorService fixed() {
    return Executors.newFixedThreadPool(1, OwnExecutors::daemon);
  }

  @Bean
  ExecutorService single() {
    return Executors.newSingleThreadExecutor(OwnExecutors::daemon);
  }

  @Bean
  ExecutorService forkJoin() {
    return new ForkJoinPool(1);
  }

  @Bean
  ThreadPoolExecutor ofAClass() {
    return (ThreadPoolExecutor) Executors.newFixedThreadPool(1, OwnExecutors::daemon);
  }

  @Bean
  Listening listening() {
    return new Listening.OnItsOwn();
  }

  /** Spring Boot's builder, with another decorator than ours. */
  @Bean
  ThreadPoolTaskExecutor built(ThreadPoolTaskExecutorBuilder builder) {
    return small(builder.taskDecorator(task -> task).build());
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

  /** Has more than an ExecutorService, as Guava's has. Only this package sees it. */
  interface Listening extends ExecutorService {
    String listen();

    final class OnItsOwn extends AbstractExecutorService implements Listening {
      private final ExecutorService delegate =
          Executors.newSingleThreadExecutor(OwnExecutors::daemon);

      @Override
      public String listen() {
        return "listening";
      }

      @Override
      public void execute(Runnable task) {
        delegate.execute(task);
      }

      @Override
      public void shutdown() {
        delegate.shutdown();
      }

      @Override
      public List<Runnable> shutdownNow() {
        return delegate.shutdownNow();
      }

      @Override
      public boolean isShutdown() {
        return delegate.isShutdown();
      }

      @Override
      public boolean isTerminated() {
        return delegate.isTerminated();
      }

      @Override
      public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return delegate.awaitTermination(timeout, unit);
      }
    }
  }
}
