// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** All threads of a server's pool. Each is met, because none is let go before all have come. */
final class Workers {
  private static final int TIMEOUT_SECONDS = 20;

  private final int count;
  private final Executor pool;
  private final CyclicBarrier meeting;

  Workers(int count, Executor pool) {
    this.count = count;
    this.pool = pool;
    this.meeting = new CyclicBarrier(Math.max(1, count));
  }

  /** Waits on a worker until all of them have come. */
  void meet() throws Exception {
    meeting.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Fails unless work that belongs to no request sees nothing, on each worker. */
  void assertCleanOutsideAnyRequest() throws Exception {
    List<CompletableFuture<Context>> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seen.add(CompletableFuture.supplyAsync(this::contextOnceAllHaveCome, pool));
    }
    for (CompletableFuture<Context> context : seen) {
      assertThat(context.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isSameAs(Context.root());
    }
  }

  private Context contextOnceAllHaveCome() {
    Context context = Context.current();
    try {
      meet();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return context;
  }

  /** Fails unless a request without headers forwards nothing, on each worker. */
  void assertRequestsWithoutHeadersSeeNothing(URI meet) throws Exception {
    List<RawHttp> connections = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        RawHttp connection = RawHttp.connect(meet);
        connections.add(connection);
        connection.send(meet.getPath(), List.of());
      }
      for (RawHttp connection : connections) {
        assertThat(connection.receive().lines()).isEmpty();
      }
    } finally {
      for (RawHttp connection : connections) {
        connection.close();
      }
    }
  }
}
