// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ExecutorApplication.application;
import static io.github.tracingpropagation.spring.ExecutorApplication.reasons;
import static io.github.tracingpropagation.spring.ExecutorApplication.seenBy;
import static io.github.tracingpropagation.spring.ExecutorApplication.with;
import static io.github.tracingpropagation.spring.Requests.inRequest;
import static io.github.tracingpropagation.spring.Requests.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** Executors that are beans, as applications write them. */
class ExecutorBeansTest {
  @Test
  void rule11_executorBeans_seeWhatWasCapturedWhereATaskWasSubmitted() {
    with(
        OwnExecutors.class,
        context -> {
          Map<String, Executor> executors = context.getBeansOfType(Executor.class);
          assertThat(executors).hasSize(OwnExecutors.COUNT);
          for (Map.Entry<String, Executor> entry : executors.entrySet()) {
            Executor executor = entry.getValue();
            String name = entry.getKey();
            assertThat(inRequest("1", () -> seenBy(executor))).as(name).isEqualTo("1");
            assertThat(inRequest("2", () -> seenBy(executor))).as(name).isEqualTo("2");
            assertThat(seenBy(executor)).as(name).isEqualTo("nothing");
          }
          assertThat(reasons(context))
              .hasSize(OwnExecutors.COUNT)
              .allSatisfy((name, no) -> assertThat(no).isEmpty());
          assertThat(context.getBean(OwnExecutors.class).decorated)
              .containsExactly("1", "2", "nothing");
        });
  }

  @Test
  void rule11_eachWayToSubmit_isBound() {
    with(
        OwnExecutors.class,
        context -> {
          for (String name : List.of("fixed", "forkJoin", "ofAClass", "listening")) {
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

  /** On Java 25 a fork-join pool is a scheduler, too. */
  @Test
  void rule10_scheduledTaskOfAForkJoinPool_seesNothing() {
    with(
        OwnExecutors.class,
        context -> {
          if (context.getBean("forkJoin") instanceof ScheduledExecutorService scheduler) {
            assertThat(
                    inRequest(
                        "1",
                        () -> scheduler.schedule(Requests::seen, 1, TimeUnit.MILLISECONDS).get()))
                .isEqualTo("nothing");
          }
        });
  }

  /** Spring calls the methods of what the application has built, not of what replaces it. */
  @Test
  void executors_areShutDownWithTheApplication() {
    List<ExecutorService> executors = new ArrayList<>();
    with(
        OwnExecutors.class,
        context -> {
          executors.addAll(context.getBeansOfType(ExecutorService.class).values());
          context.close();
        });
    assertThat(executors).hasSize(5).allMatch(ExecutorService::isShutdown);
  }

  @Test
  void switchedOff_changesNothing() {
    application()
        .withUserConfiguration(OwnExecutors.class)
        .withPropertyValues(ExecutorConfiguration.PROPERTY + "=false")
        .run(
            context -> {
              for (Executor executor : context.getBeansOfType(Executor.class).values()) {
                assertThat(inRequest("1", () -> seenBy(executor))).isEqualTo("nothing");
              }
              assertThat(reasons(context)).doesNotContainKey("pool");
            });
    application()
        .withPropertyValues(ExecutorConfiguration.PROPERTY + "=false")
        .run(
            context ->
                assertThat(inRequest("1", () -> seenBy(context.getBean(AsyncTaskExecutor.class))))
                    .isEqualTo("nothing"));
  }

  /** The thread of another request emits, and the chain goes on in an executor. */
  @Test
  void rule11_chainOfReactor_onAnExecutor_isNotMixed() {
    with(
        OwnExecutors.class,
        context -> {
          for (String name : List.of("pool", "simple", "adapter", "fixed", "single", "lambda")) {
            Sinks.One<String> sink = Sinks.one();
            CompletableFuture<String> seen =
                inRequest(
                    "1",
                    () ->
                        sink.asMono()
                            .publishOn(
                                Schedulers.fromExecutor(context.getBean(name, Executor.class)))
                            .map(value -> seen())
                            .toFuture());
            inRequest("2", () -> sink.tryEmitValue("value"));
            assertThat(seen.get(20, TimeUnit.SECONDS)).as(name).isEqualTo("nothing");
          }
        });
  }
}
