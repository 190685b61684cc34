// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 11: a backlog of calls, one at a time, each made in a context of its own. */
@SuppressWarnings("try") // a scope is only there to be closed
class OkHttpThreadsTest {
  private static final int CALLS = 20;

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule11_enqueued_forwardWhereTheyWereMade() throws Exception {
    OkHttpClient.Builder client = new OkHttpClient.Builder().dispatcher(oneAtATime());

    assertThat(right(OkHttpTracingPropagation.install(client))).isEqualTo(CALLS);
  }

  /** A trap: the interceptor alone reads the context of the dispatcher's thread, which has none. */
  @Test
  void peer_interceptorAlone_losesEveryCall() throws Exception {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .dispatcher(oneAtATime())
            .addNetworkInterceptor(new TracingPropagationInterceptor(TracingPropagation.create()));

    assertThat(right(client)).isZero();
    assertThat(ratings.received(0)).isEmpty();
  }

  /**
   * A trap: the dispatcher wraps the task that it starts, in whose thread that call's turn came.
   */
  @Test
  void peer_wrappedDispatcher_mixesCalls() throws Exception {
    Dispatcher wrapped = new Dispatcher(Context.taskWrapping(new Dispatcher().executorService()));
    wrapped.setMaxRequestsPerHost(1);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .dispatcher(wrapped)
            .addNetworkInterceptor(new TracingPropagationInterceptor(TracingPropagation.create()));

    assertThat(right(client)).isLessThan(CALLS);
  }

  private static Dispatcher oneAtATime() {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(1);
    return dispatcher;
  }

  /** Returns how many of the calls carried the header of the context that they were made in. */
  private long right(OkHttpClient.Builder builder) throws InterruptedException {
    OkHttpClient client = builder.build();
    CountDownLatch answered = new CountDownLatch(CALLS);
    for (int i = 0; i < CALLS; i++) {
      Request request = new Request.Builder().url(ratings.uri("/" + i).toString()).build();
      try (Scope scope = HeaderLines.captured("x-request-id: " + i).makeCurrent()) {
        client.newCall(request).enqueue(new Counting(answered));
      }
    }
    assertThat(answered.await(30, TimeUnit.SECONDS)).isTrue();
    List<String> hops = ratings.hops();
    return IntStream.range(0, CALLS)
        .filter(
            i -> ratings.received(hops.indexOf("127.0.0.1/" + i)).contains("x-request-id: " + i))
        .count();
  }

  private record Counting(CountDownLatch answered) implements Callback {
    @Override
    public void onFailure(Call call, IOException e) {
      throw new AssertionError(e);
    }

    @Override
    public void onResponse(Call call, Response response) {
      response.close();
      answered.countDown();
    }
  }
}
