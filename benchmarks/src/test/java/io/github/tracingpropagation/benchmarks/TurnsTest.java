// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Forks that take turns, as threads. */
@Timeout(60)
final class TurnsTest {
  private static final int FORKS = 4;
  private static final int TURNS = 50;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws Exception {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    System.clearProperty(InTurns.PORT);
  }

  @Test
  @SuppressWarnings("try") // turns are only there to be taken
  void forks_measureOneAtATime_andAllBeforeAnyMeasuresAgain() throws Exception {
    List<Integer> order = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger measuring = new AtomicInteger();
    try (Turns turns = open()) {
      List<Future<?>> forks = new ArrayList<>();
      for (int i = 0; i < FORKS; i++) {
        int fork = i;
        forks.add(
            threads.submit(
                () -> {
                  InTurns benchmark = new InTurns() {};
                  benchmark.join();
                  for (int turn = 0; turn < TURNS; turn++) {
                    benchmark.await();
                    assertThat(measuring.incrementAndGet()).isOne();
                    order.add(fork);
                    measuring.decrementAndGet();
                    benchmark.end();
                  }
                  benchmark.leave();
                  return null;
                }));
      }
      for (Future<?> fork : forks) {
        fork.get();
      }
    }
    assertThat(order).hasSize(FORKS * TURNS);
    for (int turn = 0; turn < TURNS; turn++) {
      assertThat(order.subList(turn * FORKS, (turn + 1) * FORKS)).doesNotHaveDuplicates();
    }
  }

  @Test
  @SuppressWarnings("try") // turns are only there to be closed
  void turnsThatAreClosed_failTheForksThatWait() throws Exception {
    CountDownLatch joined = new CountDownLatch(1);
    Future<?> fork;
    try (Turns turns = open()) {
      fork =
          threads.submit(
              () -> {
                InTurns benchmark = new InTurns() {};
                benchmark.join();
                joined.countDown();
                benchmark.await(); // the other forks are still to come
                return null;
              });
      assertThat(joined.await(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThatThrownBy(fork::get).cause().isInstanceOf(IOException.class);
  }

  @Test
  void benchmark_thatRunsAlone_doesNotWait() throws Exception {
    InTurns benchmark = new InTurns() {};
    benchmark.join();
    benchmark.await();
    benchmark.end();
    benchmark.leave();
  }

  private Turns open() throws IOException {
    Turns turns = new Turns(FORKS);
    System.setProperty(InTurns.PORT, Integer.toString(turns.port()));
    threads.execute(turns);
    return turns;
  }
}
