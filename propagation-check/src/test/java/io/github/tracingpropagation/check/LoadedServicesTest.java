// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Services that go wrong only if requests come at once, or one after another. */
class LoadedServicesTest extends PropagationCheckTestCase {
  private static final ThreadLocal<List<String>> CURRENT = new InheritableThreadLocal<>();

  /** Exchanges the headers of two requests, so that the number of each stays right. */
  @Test
  @Breaks(Rule.NOT_MIXED)
  void exchangedHeaders_breakNotMixed() throws Exception {
    Exchanger<List<String>> exchanger = new Exchanger<>();

    assertThat(broken(in -> exchanged(exchanger, Forwarding.right(in))))
        .containsExactly(Rule.NOT_MIXED);
  }

  /** Returns the lines of another request that comes at the same time, else one's own. */
  private static List<String> exchanged(Exchanger<List<String>> exchanger, List<String> own) {
    try {
      return own.isEmpty() ? own : exchanger.exchange(own, 50, TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      return own;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Forwards nothing of one request alone, and another request's headers if there are two: a batch
   * in turns has two on any machine. A long settle, as each turn must end within a part of it.
   */
  @Test
  void headersThatLoadAloneShows_breakNotMixed() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    assertThat(
            report(
                    (path, in) -> {
                      boolean busy = inFlight.incrementAndGet() > 1;
                      List<String> another = last.getAndSet(Forwarding.right(in));
                      try {
                        call(check.uri(), busy ? requireNonNull(another) : List.of());
                      } finally {
                        inFlight.decrementAndGet();
                      }
                    },
                    load().settle(Duration.ofSeconds(4)))
                .broken())
        .containsExactly(Rule.NOT_MIXED);
  }

  /** Two at once: on a stalled machine no batch may have more. */
  @Test
  @Breaks(Rule.NOT_LOST)
  void loadThatLosesHeaders_breaksNotLost() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    assertThat(
            report(
                    (path, in) -> {
                      boolean busy = inFlight.incrementAndGet() > 1;
                      try {
                        call(check.uri(), busy ? List.of() : Forwarding.right(in));
                      } finally {
                        inFlight.decrementAndGet();
                      }
                    })
                .broken())
        .containsExactly(Rule.NOT_LOST);
  }

  @Test
  void rightThatRefusesUnderLoad_isNotSaidToLoseHeaders() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              try {
                if (inFlight.incrementAndGet() > 1) {
                  throw new IllegalStateException("overloaded");
                }
                call(check.uri(), Forwarding.right(in));
              } finally {
                inFlight.decrementAndGet();
              }
            });

    assertThat(report.broken()).isEmpty();
    // A note, or if more than a quarter was refused, why a rule was not checked.
    assertThat(report.toString()).contains("were refused");
  }

  @Test
  @Breaks(Rule.NO_LEFTOVERS)
  void leftovers_breakNoLeftovers() throws Exception {
    AtomicInteger without = new AtomicInteger();
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    assertThat(
            report(
                    (path, in) -> {
                      List<String> own = Forwarding.right(in);
                      if (own.isEmpty()) {
                        // More than there are in one batch under load.
                        call(
                            check.uri(),
                            without.incrementAndGet() > 8 ? requireNonNull(last.get()) : own);
                      } else {
                        without.set(0);
                        last.set(own);
                        call(check.uri(), own);
                      }
                    })
                .broken())
        .containsExactly(Rule.NO_LEFTOVERS);
  }

  /** The threads of the pool keep the values of the request for which they were started. */
  @Test
  void inheritableThreadLocalInAPool_isFoundInEachOf50Runs() throws Exception {
    AtomicReference<ExecutorService> threads = new AtomicReference<>(pool);
    try (PropagationCheck load = load().requests(48).settle(Duration.ofMillis(40)).start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  CURRENT.set(Forwarding.right(in));
                  requireNonNull(threads.get()).submit(() -> call(load.uri(), CURRENT.get())).get();
                })) {
      for (int run = 0; run < 50; run++) {
        threads.set(Executors.newFixedThreadPool(8));
        CheckReport report = load.check(service.uri());
        requireNonNull(threads.get()).shutdown();
        assertThat(report.broken()).as("run %d", run).contains(Rule.NOT_MIXED);
      }
    }
  }

  @RepeatedTest(3)
  void inheritableThreadLocalInAPool_isFoundByTheWholeCheck() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              CURRENT.set(Forwarding.right(in));
              pool.submit(() -> call(check.uri(), CURRENT.get())).get();
            });

    assertThat(report.broken()).contains(Rule.NOT_MIXED);
    assertThat(report.result(Rule.NO_LEFTOVERS).outcome())
        .isEqualTo(CheckResult.Outcome.CONSEQUENCE);
  }
}
