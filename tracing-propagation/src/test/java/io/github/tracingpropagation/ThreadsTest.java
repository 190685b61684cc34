// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static io.github.tracingpropagation.testing.HeaderLines.captured;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // a scope is only there to be closed
class ThreadsTest {
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void rule11_wrappedExecutor_seesWhereTheWorkWasHandedOver() throws Exception {
    ExecutorService wrapped = Context.taskWrapping(worker);
    List<Future<@Nullable String>> seen = new ArrayList<>();
    for (String line : List.of("x-request-id: first", "x-b3-sampled: 1", "x-request-id: third")) {
      try (Scope request = captured(line).makeCurrent()) {
        seen.add(wrapped.submit(() -> CapturedHeaders.current().requestId()));
      }
    }

    assertThat(seen.get(0).get()).isEqualTo("first");
    assertThat(seen.get(1).get()).isNull();
    assertThat(seen.get(2).get()).isEqualTo("third");
    assertThat(worker.submit(CapturedHeaders::current).get().isEmpty()).isTrue();
  }

  @Test
  void rule11_wrappedTask_takesItsContextAlong() throws Exception {
    CompletableFuture<@Nullable String> seen;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      seen =
          CompletableFuture.supplyAsync(
              Context.current().wrapSupplier(() -> CapturedHeaders.current().requestId()), worker);
    }

    assertThat(seen.get()).isEqualTo("abc");
  }
}
