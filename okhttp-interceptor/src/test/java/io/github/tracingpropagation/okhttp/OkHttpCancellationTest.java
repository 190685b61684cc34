// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 11 for the call after one that was cancelled, and what the cancelled one leaves behind. */
class OkHttpCancellationTest extends OkHttpTestCase {
  private final CountDownLatch letGo = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  /** One call at a time on one thread; one to /held is on its way until it is let go. */
  private final OkHttpClient client =
      installed(
          oneAtATime()
              .addNetworkInterceptor(
                  chain -> {
                    Response response = chain.proceed(chain.request());
                    if (chain.request().url().encodedPath().equals("/held")) {
                      held.countDown();
                      await(letGo);
                    }
                    return response;
                  }));

  @AfterEach
  void letAllGo() {
    letGo.countDown();
  }

  @Test
  void rule11_cancelledBeforeItRuns_nextCallForwardsItsOwn() throws Exception {
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/")));
    cancelled.cancel();

    assertCancelled(enqueue(cancelled));
    assertNextCallIsRight();
    assertThat(ratings.hops()).hasSize(1);
  }

  @Test
  void rule11_cancelledInTheBacklog_nextCallForwardsItsOwn() throws Exception {
    CompletableFuture<Integer> first =
        inRequest("first", () -> enqueue(client.newCall(get("/held"))));
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/")));
    CompletableFuture<Integer> waiting = enqueue(cancelled);
    cancelled.cancel();
    letGo.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertCancelled(waiting);
    assertThat(ratings.received(0)).containsExactly("x-request-id: first");
    ratings.reset();
    assertNextCallIsRight();
  }

  @Test
  void rule11_cancelledInFlight_nextCallForwardsItsOwn() throws Exception {
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/held")));
    CompletableFuture<Integer> running = enqueue(cancelled);
    await(held);
    cancelled.cancel();
    letGo.countDown();

    assertCancelled(running);
    assertThat(ratings.received()).containsExactly("x-request-id: cancelled");
    ratings.reset();
    assertNextCallIsRight();
  }

  @Test
  void cancelledCall_isNotRetainedNorIsItsContext() throws Exception {
    Context context = HeaderLines.captured("x-request-id: 1").storeInContext(Context.root());
    Call call = context.wrap(() -> client.newCall(get("/"))).call();
    call.cancel();
    assertCancelled(enqueue(call));
    WeakReference<Call> calls = new WeakReference<>(call);
    WeakReference<Context> contexts = new WeakReference<>(context);
    call = null;
    context = null;

    assertGone(client, calls, contexts);
  }

  private static void assertCancelled(CompletableFuture<Integer> call) {
    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }

  /** Looks at the dispatcher's thread, too. */
  private void assertNextCallIsRight() throws Exception {
    CompletableFuture<Context> seen = new CompletableFuture<>();
    OkHttpClient next =
        client
            .newBuilder()
            .addInterceptor(
                chain -> {
                  seen.complete(Context.current());
                  return chain.proceed(chain.request());
                })
            .build();
    assertThat(inRequest("next", () -> enqueue(next.newCall(get("/")))).get()).isEqualTo(200);

    assertThat(ratings.received()).containsExactly("x-request-id: next");
    assertThat(seen.get()).isSameAs(Context.root());
  }
}
