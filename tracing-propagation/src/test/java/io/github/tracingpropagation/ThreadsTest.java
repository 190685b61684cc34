// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static io.github.tracingpropagation.testing.HeaderLines.captured;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.VirtualThreads;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Rule 11 on the user's own threads. Each snippet is that of docs/threads.md; each test hands work
 * over in one request or more, and lets another thread do it.
 */
@SuppressWarnings("try") // a scope is only there to be closed
class ThreadsTest {
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void rule11_wrappedExecutor_seesWhereTheWorkWasHandedOver() throws Exception {
    ExecutorService pool = worker;
    // docs: executor
    ExecutorService executor = Context.taskWrapping(pool); // once
    // docs: end
    assertEachSeesItsOwn(executor);
    Docs.assertShows("executor", ThreadsTest.class);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the first JDK with virtual threads")
  void rule11_wrappedVirtualThreads_seeWhereTheWorkWasHandedOver() throws Exception {
    ExecutorService executor = Context.taskWrapping(VirtualThreads.newExecutor());
    assertEachSeesItsOwn(executor);
    assertThat(executor.submit(VirtualThreads::isCurrent).get()).isTrue();
    executor.shutdown();
  }

  private void assertEachSeesItsOwn(ExecutorService executor) throws Exception {
    Future<String> first;
    Future<String> second;
    try (Scope request = captured("x-request-id: first").makeCurrent()) {
      first = executor.submit(this::ratings);
    }
    try (Scope request = captured("x-request-id: second").makeCurrent()) {
      second = executor.submit(this::ratings);
    }
    Future<String> outside = executor.submit(this::ratings);

    assertThat(first.get()).isEqualTo("first");
    assertThat(second.get()).isEqualTo("second");
    assertThat(outside.get()).isEqualTo("null");
  }

  /** What is not wrapped loses its headers; it never gets another's. */
  @Test
  void rule11_executorAsItIs_seesNothing() throws Exception {
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      assertThat(worker.submit(Context.current().wrap(this::ratings)).get()).isEqualTo("abc");
      assertThat(worker.submit(this::ratings).get()).isEqualTo("null");
    }
  }

  @Test
  void rule11_newThread_seesWhereItsTaskWasWrapped() throws Exception {
    CompletableFuture<String> seen = new CompletableFuture<>();
    Runnable task = () -> seen.complete(ratings());
    Thread made;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: thread
      Thread thread = new Thread(Context.current().wrap(task));
      // docs: end
      made = thread;
    }
    made.start();

    assertThat(seen.get()).isEqualTo("abc");
    Docs.assertShows("thread", ThreadsTest.class);
  }

  @Test
  void rule11_completableFuture_seesWhereItWasAskedFor() throws Exception {
    ExecutorService executor = Context.taskWrapping(worker);
    CompletableFuture<String> page;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: completable future
      CompletableFuture<String> ratings = CompletableFuture.supplyAsync(this::ratings, executor);
      CompletableFuture<String> reviews = ratings.thenApplyAsync(this::reviews, executor);
      // docs: end
      page = reviews;
    }

    assertThat(page.get()).isEqualTo("abc, abc");
    Docs.assertShows("completable future", ThreadsTest.class);
  }

  @Test
  void rule11_continuation_seesWhereItWasAdded() throws Exception {
    CompletableFuture<String> ratings = new CompletableFuture<>();
    CompletableFuture<String> page;
    CompletableFuture<String> asItIs;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: continuation
      CompletableFuture<String> reviews =
          ratings.thenApply(Context.current().wrapFunction(this::reviews));
      // docs: end
      page = reviews;
      asItIs = ratings.thenApply(this::reviews);
    }
    try (Scope request = captured("x-request-id: another").makeCurrent()) {
      ratings.complete("five stars");
    }

    assertThat(page.get()).isEqualTo("five stars, abc");
    assertThat(asItIs.get()).as("why it has to be wrapped").isEqualTo("five stars, another");
    Docs.assertShows("continuation", ThreadsTest.class);
  }

  @Test
  void rule11_parallelStream_seesWhereItWasMade() throws Exception {
    List<String> ids = List.of("0", "1", "2", "3", "4", "5", "6", "7");
    Stream<String> made;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: parallel stream
      Stream<String> reviews =
          ids.parallelStream().map(Context.current().wrapFunction(this::reviews));
      // docs: end
      made = reviews;
    }
    ForkJoinPool pool = new ForkJoinPool(4); // whose threads alone then do the work

    assertThat(pool.submit(made::toList).get())
        .containsExactlyElementsOf(ids.stream().map(id -> id + ", abc").toList());
    pool.shutdown();
    Docs.assertShows("parallel stream", ThreadsTest.class);
  }

  /** What a call to ratings would forward. */
  private String ratings() {
    return String.valueOf(CapturedHeaders.current().requestId());
  }

  private String reviews(String ratings) {
    return ratings + ", " + ratings();
  }
}
