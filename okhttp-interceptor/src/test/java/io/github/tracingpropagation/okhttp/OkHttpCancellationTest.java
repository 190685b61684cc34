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

/** Rule 11 for the call after a cancelled one, and the memory that the cancelled one retains. */
class OkHttpCancellationTest extends OkHttpTestCase {
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch held = new CountDownLatch(1);

  /** Runs one call at a time on one thread; a call to /held stays in flight until released. */
  private final OkHttpClient client =
      installed(
          oneAtATime()
              .addNetworkInterceptor(
                  chain -> {
                    Response response = chain.proceed(chain.request());
                    if (chain.request().url().encodedPath().equals("/held")) {
                      held.countDown();
                      await(release);
                    }
                    return response;
                  }));

  @AfterEach
  void releaseAll() {
    release.countDown();
  }

  @Test
  void rule11_cancelledBeforeItRuns_nextCallForwardsItsOwnHeaders() throws Exception {
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/")));
    cancelled.cancel();

    assertCancelled(enqueue(cancelled));
    assertNextCallForwardsItsOwnHeaders();
    assertThat(ratings.hops()).hasSize(1);
  }

  @Test
  void rule11_cancelledInTheBacklog_nextCallForwardsItsOwnHeaders() throws Exception {
    CompletableFuture<Integer> first =
        inRequest("first", () -> enqueue(client.newCall(get("/held"))));
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/")));
    CompletableFuture<Integer> waiting = enqueue(cancelled);
    cancelled.cancel();
    release.countDown();

    assertThat(first.get()).isEqualTo(200);
    assertCancelled(waiting);
    assertThat(ratings.received(0)).containsExactly("x-request-id: first");
    ratings.reset();
    assertNextCallForwardsItsOwnHeaders();
  }

  @Test
  void rule11_cancelledInFlight_nextCallForwardsItsOwnHeaders() throws Exception {
    Call cancelled = inRequest("cancelled", () -> client.newCall(get("/held")));
    CompletableFuture<Integer> running = enqueue(cancelled);
    await(held);
    cancelled.cancel();
    release.countDown();

    assertCancelled(running);
    assertThat(ratings.received()).containsExactly("x-request-id: cancelled");
    ratings.reset();
    assertNextCallForwardsItsOwnHeaders();
  }

  @Test
  void cancelledCall_isCollectedWithItsContext() throws Exception {
    Context context = HeaderLines.captured("x-request-id: 1").storeInContext(Context.root());
    Call call = context.wrap(() -> client.newCall(get("/"))).call();
    call.cancel();
    assertCancelled(enqueue(call));
    WeakReference<Call> calls = new WeakReference<>(call);
    WeakReference<Context> contexts = new WeakReference<>(context);
    call = null;
    context = null;

    assertCollected(client, calls, contexts);
  }

  private static void assertCancelled(CompletableFuture<Integer> call) {
    assertThatThrownBy(call::get).hasCauseInstanceOf(IOException.class);
  }

  /** Also asserts that the dispatcher's thread has no context left. */
  private void assertNextCallForwardsItsOwnHeaders() throws Exception {
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
