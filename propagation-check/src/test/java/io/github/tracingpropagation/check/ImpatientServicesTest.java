// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Right services that call again, later, or without a request. What they do after a time is
 * compared with the check's own waits, so these are not shortened as in other tests.
 */
class ImpatientServicesTest extends PropagationCheckTestCase {
  private static final Duration FULL_SETTLE = Duration.ofMillis(1200);

  private final ExecutorService many = Executors.newCachedThreadPool();
  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(4);

  @Override
  PropagationCheckBuilder defaults() {
    return options().settle(FULL_SETTLE);
  }

  @AfterEach
  void stopThreads() {
    many.shutdownNow();
    timer.shutdownNow();
  }

  @Test
  void fourTriesOf150Millis_areRight() throws Exception {
    CheckReport report = report((path, in) -> tries(Forwarding.right(in), Forwarding.right(in)));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /**
   * A machine that stalls for 400 ms makes the service retry in other requests, too: its calls
   * without headers are then found by the rule of that request, and it is checked again.
   */
  @Test
  void triesWithoutHeaders_breakRetries() throws Exception {
    CheckReport report = reportOfTriesWithoutHeaders();
    for (int more = 0; more < 4 && !report.broken().equals(List.of(Rule.RETRIES)); more++) {
      assertThat(report.broken()).as("%s", report).isNotEmpty();
      report = reportOfTriesWithoutHeaders();
    }

    assertThat(report.broken()).as("%s", report).containsExactly(Rule.RETRIES);
  }

  private CheckReport reportOfTriesWithoutHeaders() throws Exception {
    return report(
        (path, in) -> tries(400, Forwarding.right(in), List.of()),
        defaults().settle(Duration.ofSeconds(4))); // Two of them are time for a retry to be seen.
  }

  /** A busy machine delays calls that were given up; a header of one digit names no request. */
  @Test
  void givenUpCallThatArrivesWithTheNextRequest_isRight() throws Exception {
    CheckReport report = reportOfAGivenUpCall();
    for (int more = 0; more < 4 && !isSeenToRetry(report); more++) {
      report = reportOfAGivenUpCall();
    }

    assertThat(isSeenToRetry(report)).as("%s", report).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  private CheckReport reportOfAGivenUpCall() throws Exception {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return report(
        (path, in) -> {
          List<String> lines = Forwarding.right(in);
          if (last.getAndSet(lines).equals(List.of("x-b3-flags: 1"))) {
            call(check.uri(), List.of("x-b3-flags: 1"));
          }
          tries(400, lines, lines);
        },
        defaults().settle(Duration.ofSeconds(4)));
  }

  /** On a stalled machine the second call may look like an ordinary one. */
  private static boolean isSeenToRetry(CheckReport report) {
    return report.result(Rule.RETRIES).outcome() != CheckResult.Outcome.NOT_APPLICABLE;
  }

  @Test
  void noAnswerInFourTries_isRightIfItIsByChance() throws Exception {
    AtomicBoolean failed = new AtomicBoolean();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              if (lines.equals(List.of("x-b3-sampled: 0")) && failed.compareAndSet(false, true)) {
                call(check.uri(), List.of()); // of the row before
                throw new IOException("no answer in four tries");
              }
              tries(lines, lines);
            });

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @Test
  void givenUpCallThatArrivesWithAFailure_isNoRetry() throws Exception {
    AtomicBoolean given = new AtomicBoolean();
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              List<String> earlier = requireNonNull(last.getAndSet(lines));
              if (tries(lines, lines) == 503 && given.compareAndSet(false, true)) {
                call(check.uri(), earlier);
              }
            },
            defaults().only(Rule.RETRIES));

    assertThat(given).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @Test
  void givenUpCallThatArrivesAfterTheLoad_isNoLeftover() throws Exception {
    AtomicBoolean given = new AtomicBoolean();
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              if (lines.isEmpty() && given.compareAndSet(false, true)) {
                call(check.uri(), requireNonNull(last.get()));
                throw new IOException("no answer in four tries");
              }
              last.set(lines);
              tries(lines, lines);
            },
            load().settle(FULL_SETTLE));

    assertThat(given).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  private int tries(List<String> first, List<String> further) throws IOException {
    return tries(150, first, further);
  }

  private int tries(int timeout, List<String> first, List<String> further) throws IOException {
    for (int attempt = 1; attempt <= 4; attempt++) {
      try {
        return call(check.uri(), attempt == 1 ? first : further, timeout).status();
      } catch (SocketTimeoutException e) {
        // once more
      }
    }
    throw new IOException("no answer in four tries");
  }

  /** As a call that was given up in the row before, in which no header was to be forwarded. */
  @Test
  void bareCallUnderLoadBesideOnesOwn_isNotLost() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              if (requests.incrementAndGet() == 9) {
                call(check.uri(), List.of());
              }
              tries(Forwarding.right(in), Forwarding.right(in));
            },
            load().settle(FULL_SETTLE));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /** Its first requests under load retry while the calls of others are answered in turn. */
  @Test
  void rightThatRetriesSoonerUnderLoad_isNotSaidToMix() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              int request = requests.incrementAndGet(); // The first four come one at a time.
              try {
                call(check.uri(), lines, request > 4 && request <= 12 ? 30 : 300);
              } catch (SocketTimeoutException e) {
                call(check.uri(), lines);
              }
              assertThat(new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS)).isFalse();
            },
            load().requests(48).settle(FULL_SETTLE));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @Test
  void hedgingAt100Millis_isRight() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              CompletableFuture<Integer> first = async(lines);
              first.completeOnTimeout(0, 100, TimeUnit.MILLISECONDS).join();
              if (requireNonNull(first.join()) == 0) {
                async(lines).join();
              }
            });

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  private CompletableFuture<Integer> async(List<String> lines) {
    return CompletableFuture.supplyAsync(() -> callQuietly(check.uri(), lines).status(), many);
  }

  @Test
  void bulkheadWithRetries_isRight() throws Exception {
    Semaphore bulkhead = new Semaphore(6);
    CheckReport report =
        report(
            (path, in) -> {
              boolean entered = false;
              for (int attempt = 0; attempt < 4 && !entered; attempt++) {
                entered = bulkhead.tryAcquire(60, TimeUnit.MILLISECONDS);
              }
              if (!entered) {
                throw new IllegalStateException("full");
              }
              try {
                tries(Forwarding.right(in), Forwarding.right(in));
              } finally {
                bulkhead.release();
              }
            });

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /** The same part of the time to settle as 3 seconds are of the default. */
  @Test
  void callsLongAfterTheAnswer_areRight() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              long delay = 135 + requests.incrementAndGet() % 4 * 255L;
              later(delay, () -> callQuietly(check.uri(), lines));
            },
            defaults()
                .requests(48)
                .skip(
                    Rule.VERBATIM, Rule.REPEATED, Rule.MALFORMED, Rule.HOSTILE, Rule.FOREIGN_HOST));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /** Such a call has no headers either, and must not count as a retry that lost them. */
  @Test
  void lateCallOfARequestWithoutHeaders_isNoRetry() throws Exception {
    AtomicBoolean called = new AtomicBoolean();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              later(
                  20,
                  () -> {
                    if (callQuietly(check.uri(), lines).status() == 503
                        && !called.getAndSet(true)) {
                      callQuietly(check.uri(), List.of());
                    }
                  });
            },
            defaults().only(Rule.RETRIES));

    assertThat(called).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /** As above, beside a row: the call of a request without headers comes with the next request. */
  @Test
  void lateCallOfARequestWithoutHeaders_isNoneOfTheNextRow() throws Exception {
    AtomicBoolean late = new AtomicBoolean();
    AtomicBoolean called = new AtomicBoolean();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              if (lines.isEmpty() && !late.getAndSet(true)) {
                return;
              }
              later(
                  20,
                  () -> {
                    if (!lines.isEmpty() && late.get() && !called.getAndSet(true)) {
                      callQuietly(check.uri(), List.of());
                    }
                    callQuietly(check.uri(), lines);
                  });
            },
            defaults().only(Rule.ABSENT));

    assertThat(called).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  private void later(long millis, Runnable call) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, many).execute(call);
  }

  @Test
  void secondCallLongAfterTheAnswer_isRight() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              call(check.uri(), lines);
              later(700, () -> callQuietly(check.uri().resolve("/audit"), lines));
            },
            defaults()
                .requests(48)
                .only(Rule.NOTHING_ELSE, Rule.ABSENT, Rule.NOT_MIXED, Rule.NO_LEFTOVERS));

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @Test
  void probesAndTokens_areNotOfARequest() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    var probes =
        timer.scheduleAtFixedRate(
            () -> callQuietly(check.uri().resolve("/health"), List.of()),
            0,
            90,
            TimeUnit.MILLISECONDS);
    CheckReport report =
        report(
            (path, in) -> {
              if (requests.getAndIncrement() % 10 == 0) {
                call(check.uri().resolve("/token"), List.of());
              }
              call(check.uri().resolve("/ratings/" + requests.get()), Forwarding.right(in));
            });

    assertThat(probes.cancel(true)).isTrue();
    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  @Test
  void auditWithoutHeaders_breaksEveryCall() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              call(check.uri().resolve("/ratings"), Forwarding.right(in));
              call(check.uri().resolve("/audit"), List.of());
            });

    assertThat(report.broken()).containsExactly(Rule.EVERY_CALL);
  }

  /** Answers in the time of a dependency that is far away. */
  @Test
  void slowRight_isCheckedForMixing() throws Exception {
    CheckReport report =
        reportOfMixing(
            () ->
                report(
                    (path, in) -> {
                      call(check.uri(), Forwarding.right(in));
                      assertThat(new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS)).isFalse();
                    },
                    load().settle(FULL_SETTLE)));

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }
}
