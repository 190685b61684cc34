// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.Requests.seen;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ContextConsumer;

/** Applications whose executors are beans. */
final class ExecutorApplication {
  private ExecutorApplication() {}

  static ApplicationContextRunner application() {
    return new ApplicationContextRunner()
        .withConfiguration(
            AutoConfigurations.of(
                TaskExecutionAutoConfiguration.class, TracingPropagationAutoConfiguration.class));
  }

  /** Runs a test with these beans. */
  static void with(Class<?> configuration, ContextConsumer<AssertableApplicationContext> test) {
    application().withUserConfiguration(configuration).run(test);
  }

  /** Returns by name why each executor does not forward, or nothing. */
  static Map<String, String> reasons(AssertableApplicationContext context) {
    Map<String, String> reasons = new TreeMap<>();
    for (Inventory.Entry entry : context.getBean(Inventory.class).entries()) {
      if (entry.kind().equals("executor")) {
        reasons.put(entry.bean(), entry.reason() == null ? "" : entry.reason());
      }
    }
    return reasons;
  }

  static String seenBy(Executor executor) throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    executor.execute(() -> seen.complete(seen()));
    return seen.get(20, TimeUnit.SECONDS);
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
}
