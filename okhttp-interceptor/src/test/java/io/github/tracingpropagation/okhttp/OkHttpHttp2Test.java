// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import okhttp3.Connection;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import org.junit.jupiter.api.Test;

/** Rule 11 for concurrent calls on one HTTP/2 connection. */
class OkHttpHttp2Test extends OkHttpTestCase {
  private static final int CALLS = 50;

  @Test
  void rule11_callsOnOneHttp2Connection_forwardTheirOwnHeaders() throws Exception {
    Dispatcher dispatcher = new Dispatcher();
    dispatcher.setMaxRequestsPerHost(CALLS);
    Queue<Connection> connections = new ConcurrentLinkedQueue<>();
    CountDownLatch allOnOneConnection = new CountDownLatch(CALLS);
    OkHttpClient client =
        installed(
            new OkHttpClient.Builder()
                .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
                .dispatcher(dispatcher)
                .addNetworkInterceptor(
                    chain -> {
                      connections.add(chain.connection());
                      if (!chain.request().url().encodedPath().equals("/first")) {
                        allOnOneConnection.countDown();
                        await(allOnOneConnection);
                      }
                      return chain.proceed(chain.request());
                    }));
    execute(client.newCall(get("/first"))); // opens the connection that the others share
    ratings.reset();
    List<CompletableFuture<Integer>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      int id = i;
      calls.add(inRequest(i, () -> enqueue(client.newCall(get("/" + id)))));
    }
    for (CompletableFuture<Integer> call : calls) {
      assertThat(call.get()).isEqualTo(200);
    }

    assertThat(connections).hasSize(1 + CALLS).containsOnly(connections.element());
    assertThat(connections.element().protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
    List<String> hops = ratings.hops();
    for (int i = 0; i < CALLS; i++) {
      assertThat(ratings.received(hops.indexOf("127.0.0.1/" + i)))
          .containsExactly("x-request-id: " + i);
    }
  }
}
