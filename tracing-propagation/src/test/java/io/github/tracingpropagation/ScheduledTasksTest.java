// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static io.github.tracingpropagation.testing.HeaderLines.captured;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Scheduled executors, which the oldest supported OpenTelemetry API cannot wrap. */
@SuppressWarnings("try") // a scope is only there to be closed
class ScheduledTasksTest {
  @Test
  void rule11_scheduledTask_usesTheContextOfScheduling() throws Exception {
    // docs: scheduled
    ScheduledExecutorService scheduler =
        Context.taskWrapping(Executors.newSingleThreadScheduledExecutor()); // once
    // docs: end
    ScheduledFuture<String> seen;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      seen = scheduler.schedule(ScheduledTasksTest::ratings, 1, TimeUnit.MILLISECONDS);
    }

    assertThat(seen.get()).isEqualTo("abc");
    scheduler.shutdown();
    Docs.assertShows("scheduled", ScheduledTasksTest.class);
  }

  /** OpenTelemetry does not wrap periodic tasks, because they outlive the request. */
  @Test
  void rule11_periodicTask_seesNoHeaders() throws Exception {
    ScheduledExecutorService scheduler =
        Context.taskWrapping(Executors.newSingleThreadScheduledExecutor());
    CompletableFuture<String> seen = new CompletableFuture<>();
    ScheduledFuture<?> task;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      task =
          scheduler.scheduleAtFixedRate(
              () -> seen.complete(ratings()), 0, 1, TimeUnit.MILLISECONDS);
    }

    assertThat(seen.get()).isEqualTo("null");
    task.cancel(true);
    scheduler.shutdown();
  }

  private static String ratings() {
    return String.valueOf(CapturedHeaders.current().requestId());
  }
}
