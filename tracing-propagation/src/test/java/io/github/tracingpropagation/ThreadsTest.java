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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/**
 * Rule 11 on the user's own threads. The marked snippets are those of the documentation. Each test
 * submits work in one or more requests and runs it on another thread.
 */
@SuppressWarnings("try") // a scope is only there to be closed
class ThreadsTest {
  private final ExecutorService worker = Executors.newSingleThreadExecutor();

  @AfterEach
  void stop() {
    worker.shutdownNow();
  }

  @Test
  void rule11_wrappedExecutor_usesTheContextOfSubmission() throws Exception {
    ExecutorService pool = worker;
    // docs: executor
    ExecutorService executor = Context.taskWrapping(pool); // once
    // docs: end
    assertEachSeesItsOwn(executor);
    Docs.assertShows("executor", ThreadsTest.class);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the first JDK with virtual threads")
  void rule11_wrappedVirtualThreads_useTheContextOfSubmission() throws Exception {
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

  /** Work that is not wrapped loses its headers; it never gets those of another request. */
  @Test
  void rule11_executorWithoutWrapping_seesNoHeaders() throws Exception {
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      assertThat(worker.submit(Context.current().wrap(this::ratings)).get()).isEqualTo("abc");
      assertThat(worker.submit(this::ratings).get()).isEqualTo("null");
    }
  }

  @Test
  void rule11_newThread_usesTheContextOfWrapping() throws Exception {
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
  void rule11_completableFuture_usesTheContextOfItsCreation() throws Exception {
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
  void rule11_continuation_usesTheContextOfItsRegistration() throws Exception {
    CompletableFuture<String> ratings = new CompletableFuture<>();
    CompletableFuture<String> page;
    CompletableFuture<String> unwrapped;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: continuation
      CompletableFuture<String> reviews =
          ratings.thenApply(Context.current().wrapFunction(this::reviews));
      // docs: end
      page = reviews;
      unwrapped = ratings.thenApply(this::reviews);
    }
    try (Scope request = captured("x-request-id: another").makeCurrent()) {
      ratings.complete("five stars");
    }

    assertThat(page.get()).isEqualTo("five stars, abc");
    assertThat(unwrapped.get())
        .as("without wrapping, the context of completion is used")
        .isEqualTo("five stars, another");
    Docs.assertShows("continuation", ThreadsTest.class);
  }

  @Test
  void rule11_parallelStream_usesTheContextOfItsCreation() throws Exception {
    List<String> ids = List.of("0", "1", "2", "3", "4", "5", "6", "7");
    Stream<String> made;
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      // docs: parallel stream
      Stream<String> reviews =
          ids.parallelStream().map(Context.current().wrapFunction(this::reviews));
      // docs: end
      made = reviews;
    }
    ForkJoinPool pool = new ForkJoinPool(4); // the stream runs only on the threads of the pool

    assertThat(pool.submit(made::toList).get())
        .containsExactlyElementsOf(ids.stream().map(id -> id + ", abc").toList());
    pool.shutdown();
    Docs.assertShows("parallel stream", ThreadsTest.class);
  }

  /** A thread that waits for the pool may run any task of it, in whatever context it has then. */
  @Test
  void rule11_helpingThread_runsWrappedTasksInTheirOwnContext() throws Exception {
    ForkJoinPool pool = new ForkJoinPool(1);
    CountDownLatch submitted = new CountDownLatch(1);
    Future<?> helping;
    Future<String> unwrapped;
    Future<String> wrapped;
    try (Scope request = captured("x-request-id: helping").makeCurrent()) {
      helping = pool.submit(Context.current().wrap(() -> help(submitted)));
    }
    try (Scope request = captured("x-request-id: abc").makeCurrent()) {
      unwrapped = pool.submit(this::ratings);
      wrapped = pool.submit(Context.current().wrap(this::ratings));
    }
    submitted.countDown();

    helping.get();
    assertThat(wrapped.get()).isEqualTo("abc");
    assertThat(unwrapped.get()).as("without wrapping").isEqualTo("helping");
    pool.shutdown();
  }

  private static void help(CountDownLatch submitted) {
    try {
      submitted.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    ForkJoinTask.helpQuiesce();
  }

  /** Returns the request id that a call to ratings would forward. */
  private String ratings() {
    return String.valueOf(CapturedHeaders.current().requestId());
  }

  private String reviews(String ratings) {
    return ratings + ", " + ratings();
  }
}
