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

/** All threads of a server's pool. A barrier blocks each until all have arrived. */
final class Workers {
  private static final int TIMEOUT_SECONDS = 60;

  private final int count;
  private final Executor pool;
  private final CyclicBarrier barrier;

  Workers(int count, Executor pool) {
    this.count = count;
    this.pool = pool;
    this.barrier = new CyclicBarrier(Math.max(1, count));
  }

  /** Blocks the current worker until all workers have called this. */
  void awaitAll() throws Exception {
    barrier.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
  }

  /** Fails unless the context is the root on each worker outside any request. */
  void assertCleanOutsideAnyRequest() throws Exception {
    List<CompletableFuture<Context>> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      seen.add(CompletableFuture.supplyAsync(this::contextAndAwaitAll, pool));
    }
    for (CompletableFuture<Context> context : seen) {
      assertThat(context.get(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isSameAs(Context.root());
    }
  }

  private Context contextAndAwaitAll() {
    Context context = Context.current();
    try {
      awaitAll();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    return context;
  }

  /** Fails unless a request without headers forwards nothing, on each worker. */
  void assertRequestsWithoutHeadersSeeNothing(URI barrierPath) throws Exception {
    List<RawHttp> connections = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        RawHttp connection = RawHttp.connect(barrierPath);
        connections.add(connection);
        connection.send(barrierPath.getPath(), List.of());
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
