// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;

/** Base of tests that call a service from inbound requests. */
abstract class OkHttpTestCase {
  final Downstream ratings = Downstream.start();

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  /** Runs code in the context of an inbound request with this id. */
  static <T> T inRequest(Object id, Callable<T> work) throws Exception {
    return HeaderLines.captured("x-request-id: " + id)
        .storeInContext(Context.root())
        .wrap(work)
        .call();
  }

  /** Returns a client that runs one call at a time and queues the others. */
  static OkHttpClient.Builder oneAtATime() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(1);
    return new OkHttpClient.Builder().dispatcher(dispatcher);
  }

  /**
   * Returns a dispatcher that mixes contexts: it wraps a queued call when it starts that, on the
   * thread of the call before.
   */
  static Dispatcher contextWrappingDispatcher() {
    return new Dispatcher(Context.taskWrapping(new Dispatcher().executorService()));
  }

  static OkHttpClient installed(OkHttpClient.Builder client) {
    return OkHttpTracingPropagation.install(client).build();
  }

  Request get(String path) {
    return new Request.Builder().url(ratings.uri(path).toString()).build();
  }

  /** Executes a call, and returns its status. */
  static int execute(Call call) throws IOException {
    try (Response response = call.execute()) {
      return response.code();
    }
  }

  /** Enqueues a call, and returns its future status. */
  static CompletableFuture<Integer> enqueue(Call call) {
    return enqueue(call, () -> 0);
  }

  /** Enqueues a call, whose future status completes after code that runs in the callback. */
  static CompletableFuture<Integer> enqueue(Call call, Callable<Integer> inCallback) {
    CompletableFuture<Integer> status = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call call, IOException e) {
            status.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call call, Response response) {
            response.close();
            try {
              inCallback.call();
              status.complete(response.code());
            } catch (Exception e) {
              status.completeExceptionally(e);
            }
          }
        });
    return status;
  }

  /** Asserts that all of these are garbage-collected while the client remains in use. */
  void assertCollected(OkHttpClient client, WeakReference<?>... references) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    for (int i = 0; System.nanoTime() < deadline && !areCollected(references); i++) {
      System.gc();
      inRequest(
          i,
          () ->
              execute(client.newCall(get("/")))); // a WeakHashMap expunges entries when it is used
    }
    assertThat(references).extracting(WeakReference::get).containsOnlyNulls();
  }

  private static boolean areCollected(WeakReference<?>... references) {
    return Arrays.stream(references).allMatch(reference -> reference.refersTo(null));
  }

  /** Waits until another thread counts down. */
  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
