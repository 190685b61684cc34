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

/** A service to call, and inbound requests to call it from. */
abstract class OkHttpTestCase {
  final Downstream ratings = Downstream.start();

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  /** Does what the handler of an inbound request with this id does, and leaves the request. */
  static <T> T inRequest(Object id, Callable<T> work) throws Exception {
    return HeaderLines.captured("x-request-id: " + id)
        .storeInContext(Context.root())
        .wrap(work)
        .call();
  }

  /** A client that lets one call run at a time, so that all others wait. */
  static OkHttpClient.Builder oneAtATime() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequests(1);
    return new OkHttpClient.Builder().dispatcher(dispatcher);
  }

  /** A trap: wraps a call when its turn comes, on the thread of the one before. */
  static Dispatcher wrapped() {
    return new Dispatcher(Context.taskWrapping(new Dispatcher().executorService()));
  }

  static OkHttpClient installed(OkHttpClient.Builder client) {
    return OkHttpTracingPropagation.install(client).build();
  }

  Request get(String path) {
    return new Request.Builder().url(ratings.uri(path).toString()).build();
  }

  /** Waits for a call, and returns its status. */
  static int execute(Call call) throws IOException {
    try (Response response = call.execute()) {
      return response.code();
    }
  }

  /** Starts a call that completes with its status. */
  static CompletableFuture<Integer> enqueue(Call call) {
    return enqueue(call, () -> 0);
  }

  /** Starts a call, which completes with its status after what its callback does. */
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

  /** Expects the garbage collector to take all of these while the client goes on. */
  void assertGone(OkHttpClient client, WeakReference<?>... references) throws Exception {
    for (int i = 0; i < 100 && !areGone(references); i++) {
      System.gc();
      inRequest(i, () -> execute(client.newCall(get("/")))); // a map drops what is gone when used
    }
    assertThat(references).extracting(WeakReference::get).containsOnlyNulls();
  }

  private static boolean areGone(WeakReference<?>... references) {
    return Arrays.stream(references).allMatch(reference -> reference.refersTo(null));
  }

  /** Waits for what another thread does. */
  static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
