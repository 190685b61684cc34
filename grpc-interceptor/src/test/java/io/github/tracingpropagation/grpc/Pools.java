// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.context.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Thread pools of servers. */
final class Pools {
  private Pools() {}

  /** Fails unless each thread of a pool is free and has the root context; ends the pool. */
  static void assertClean(ExecutorService pool, int threads) throws Exception {
    CyclicBarrier all = new CyclicBarrier(threads);
    List<Future<Context>> contexts = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      contexts.add(
          pool.submit(
              () -> {
                all.await(30, TimeUnit.SECONDS);
                return Context.current();
              }));
    }
    for (Future<Context> context : contexts) {
      assertThat(context.get(30, TimeUnit.SECONDS)).isSameAs(Context.root());
    }
    pool.shutdown();
  }
}
