// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.VirtualThreads;
import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import okhttp3.Call;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** Rule 11: a call forwards the headers of the thread that created it, whatever thread runs it. */
class OkHttpThreadsTest extends OkHttpTestCase {
  private static final int CALLS = 20;

  @Test
  void rule11_executeInAnotherContext_forwardsFromWhereTheCallWasCreated() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    Call call = inRequest("made", () -> client.newCall(get("/")));

    inRequest("executed", () -> execute(call));

    assertThat(ratings.received()).containsExactly("x-request-id: made");
  }

  @Test
  void rule11_enqueue_forwardsFromWhereTheCallWasCreated() throws Exception {
    OkHttpClient client = installed(oneAtATime());
    for (int i = 0; i < 3; i++) { // on the same dispatcher thread
      inRequest(i, () -> enqueue(client.newCall(get("/")))).get();
    }
    enqueue(client.newCall(get("/"))).get();

    assertThat(List.of(ratings.received(0), ratings.received(1), ratings.received(2)))
        .containsExactly(
            List.of("x-request-id: 0"), List.of("x-request-id: 1"), List.of("x-request-id: 2"));
    assertThat(ratings.received(3)).isEmpty();
  }

  @Test
  void rule11_queuedCalls_forwardAfterTheirRequestsHaveEnded() throws Exception {
    assertThat(
            correctCallsOfBacklog(OkHttpTracingPropagation.install(onePerHost(new Dispatcher()))))
        .isEqualTo(CALLS);
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21, disabledReason = "the first JDK with virtual threads")
  void rule11_dispatcherOfVirtualThreads_forwardsFromWhereTheCallWasCreated() throws Exception {
    ExecutorService virtual = VirtualThreads.newExecutor();
    Queue<Boolean> isVirtual = new ConcurrentLinkedQueue<>();
    OkHttpClient.Builder client =
        onePerHost(new Dispatcher(virtual))
            .addInterceptor(
                chain -> {
                  isVirtual.add(VirtualThreads.isCurrent());
                  return chain.proceed(chain.request());
                });

    assertThat(correctCallsOfBacklog(OkHttpTracingPropagation.install(client))).isEqualTo(CALLS);
    assertThat(isVirtual).hasSize(CALLS).containsOnly(true);
    virtual.shutdown();
  }

  @Test
  void rule11_clone_forwardsFromWhereItWasCloned() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    Call original = inRequest("original", () -> client.newCall(get("/")));
    Call clone = inRequest("clone", original::clone);
    enqueue(clone).get();
    execute(original);
    enqueue(original.clone()).get(); // outside any request

    assertThat(ratings.received(0)).containsExactly("x-request-id: clone");
    assertThat(ratings.received(1)).containsExactly("x-request-id: original");
    assertThat(ratings.received(2)).isEmpty();
  }

  /** A limitation: OkHttp runs a callback on its own thread, which has no context. */
  @Test
  void rule11_callCreatedInACallback_forwardsOnlyInAWrappedContext() throws Exception {
    OkHttpClient client = installed(new OkHttpClient.Builder());
    CompletableFuture<Integer> call =
        inRequest(
            "abc",
            () -> {
              Context context = Context.current();
              return enqueue(
                  client.newCall(get("/1")),
                  () -> {
                    execute(client.newCall(get("/2")));
                    return context.wrap(() -> execute(client.newCall(get("/3")))).call();
                  });
            });
    assertThat(call.get()).isEqualTo(200);

    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly("x-request-id: abc");
  }

  /** The interceptor alone reads the context of the dispatcher's thread, which has none. */
  @Test
  void peer_interceptorAlone_losesEveryCall() throws Exception {
    assertThat(correctCallsOfBacklog(interceptorAlone(new Dispatcher()))).isZero();
    assertThat(ratings.received(0)).isEmpty();
  }

  @Test
  void peer_contextWrappingDispatcher_mixesCalls() throws Exception {
    assertThat(correctCallsOfBacklog(interceptorAlone(contextWrappingDispatcher())))
        .isLessThan(CALLS);
  }

  private static OkHttpClient.Builder interceptorAlone(Dispatcher dispatcher) {
    return onePerHost(dispatcher)
        .addNetworkInterceptor(new TracingPropagationInterceptor(TracingPropagation.create()));
  }

  private static OkHttpClient.Builder onePerHost(Dispatcher dispatcher) {
    dispatcher.setMaxRequestsPerHost(1);
    return new OkHttpClient.Builder().dispatcher(dispatcher);
  }

  /**
   * Enqueues each call in its own request on its own thread, and runs the calls after all these
   * threads have ended. Returns how many calls forwarded their own request's header.
   */
  private long correctCallsOfBacklog(OkHttpClient.Builder builder) throws Exception {
    CountDownLatch allCreated = new CountDownLatch(1);
    builder
        .interceptors()
        .add(
            0,
            chain -> {
              await(allCreated);
              return chain.proceed(chain.request());
            });
    OkHttpClient client = builder.build();
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      CompletableFuture<CompletableFuture<Integer>> made = new CompletableFuture<>();
      Thread parent =
          new Thread(
              () -> {
                try {
                  made.complete(inRequest(id, () -> enqueue(client.newCall(get("/" + id)))));
                } catch (Exception e) {
                  made.completeExceptionally(e);
                }
              });
      parent.start();
      parent.join();
      calls.add(made.get());
    }
    allCreated.countDown();
    for (CompletableFuture<Integer> call : calls) {
      assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo(200);
    }
    List<String> hops = ratings.hops();
    return IntStream.range(0, CALLS)
        .filter(
            i -> ratings.received(hops.indexOf("127.0.0.1/" + i)).contains("x-request-id: " + i))
        .count();
  }
}
