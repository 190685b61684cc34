// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskSchedulingAutoConfiguration;
import org.springframework.boot.task.SimpleAsyncTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskExecutorBuilder;
import org.springframework.boot.task.ThreadPoolTaskSchedulerBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskScheduler;

/** Tasks of Spring Boot's executors see what was captured where they were submitted. */
class ThreadsTest {
  private final ConcurrentLinkedQueue<String> decorated = new ConcurrentLinkedQueue<>();
  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          .withPropertyValues("spring.task.execution.pool.core-size=1")
          .withConfiguration(
              AutoConfigurations.of(
                  TaskExecutionAutoConfiguration.class,
                  TaskSchedulingAutoConfiguration.class,
                  TracingPropagationAutoConfiguration.class));

  @BeforeEach
  void forgetDecorators() {
    decorated.clear();
  }

  @Test
  void rule11_task_seesWhatWasCapturedWhereItWasSubmitted() {
    application.run(
        context -> {
          AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
          assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("1");
          assertThat(inRequest("2", () -> seenBy(executor))).isEqualTo("2");
          assertThat(seenBy(executor)).isEqualTo("nothing");
          assertThat(inRequest("3", () -> withNothing(() -> seenBy(executor))))
              .isEqualTo("nothing");
        });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void rule11_virtualThread_seesWhatWasCapturedWhereItWasStarted() {
    application
        .withPropertyValues("spring.threads.virtual.enabled=true")
        .run(
            context -> {
              AsyncTaskExecutor executor = context.getBean(SimpleAsyncTaskExecutor.class);
              assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("1");
              assertThat(seenBy(executor)).isEqualTo("nothing");
            });
  }

  /** Spring Boot 3 uses neither of two decorators. */
  @Test
  void decoratorsOfTheApplication_areAllUsed_andSeeTheHeaders() {
    application
        .withBean("first", TaskDecorator.class, () -> decorator("first"))
        .withBean("second", TaskDecorator.class, () -> decorator("second"))
        .run(
            context -> {
              AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
              assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("1");
              assertThat(decorated).containsExactlyInAnyOrder("first 1", "second 1");
            });
  }

  @Test
  void decoratorOfTheApplicationsOwnExecutor_isUsed() {
    application.run(
        context -> {
          ThreadPoolTaskExecutor own =
              context
                  .getBean(ThreadPoolTaskExecutorBuilder.class)
                  .taskDecorator(decorator("own"))
                  .build();
          own.initialize();
          assertThat(inRequest("1", () -> seenBy(own))).isEqualTo("nothing");
          assertThat(decorated).containsExactly("own nothing");
          own.shutdown();
        });
  }

  @Test
  void builderOfTheApplicationsOwn_isLeft() {
    ThreadPoolTaskExecutorBuilder own = new ThreadPoolTaskExecutorBuilder();
    SimpleAsyncTaskExecutorBuilder simple = new SimpleAsyncTaskExecutorBuilder();
    application
        .withBean("threadPoolTaskExecutorBuilder", ThreadPoolTaskExecutorBuilder.class, () -> own)
        .withBean(SimpleAsyncTaskExecutorBuilder.class, () -> simple)
        .run(
            context -> {
              assertThat(context.getBean(ThreadPoolTaskExecutorBuilder.class)).isSameAs(own);
              assertThat(context.getBean(SimpleAsyncTaskExecutorBuilder.class)).isSameAs(simple);
            });
  }

  /** A decorator bean decorates schedulers, too, and this one carries every thread-local. */
  @Test
  void rule10_scheduledTask_seesNothing_evenWithADecoratorThatCarriesTheContext() {
    application
        .withBean(TaskDecorator.class, ContextPropagatingTaskDecorator::new)
        .run(
            context -> {
              ThreadPoolTaskScheduler scheduler =
                  context.getBean(ThreadPoolTaskSchedulerBuilder.class).build();
              scheduler.initialize();
              CompletableFuture<String> seen = new CompletableFuture<>();
              inRequest("1", () -> scheduler.schedule(() -> seen.complete(seen()), Instant.now()));
              assertThat(seen.get()).isEqualTo("nothing");
              scheduler.shutdown();
            });
  }

  @Test
  void switchedOff_decoratesNothing() {
    application
        .withPropertyValues("tracing.propagation.enabled=false")
        .run(
            context -> {
              AsyncTaskExecutor executor = context.getBean(AsyncTaskExecutor.class);
              assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("nothing");
            });
  }

  private TaskDecorator decorator(String name) {
    return task ->
        () -> {
          decorated.add(name + " " + seen());
          task.run();
        };
  }

  private static String seenBy(AsyncTaskExecutor executor) throws Exception {
    return executor.submit(Requests::seen).get();
  }

  @SuppressWarnings("try") // the scope is only closed
  private static <T> T withNothing(Callable<T> task) throws Exception {
    try (Scope block = CapturedHeaders.empty().makeCurrent()) {
      return task.call();
    }
  }
}
