// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Services that take their time, or that answer whatever their call does. */
class SlowServicesTest extends PropagationCheckTestCase {
  private final ExecutorService many = Executors.newCachedThreadPool();

  /** Stands for work of the service that takes so long. */
  private static void work(long millis) throws InterruptedException {
    assertThat(new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS)).isFalse();
  }

  /** Returns what the load alone shows: the rows, one at a time, would take long. */
  private static CheckReport underLoad(PropagationCheckBuilder options, Behaviour behaviour)
      throws Exception {
    return underLoad(options, Executors.newCachedThreadPool(), behaviour);
  }

  private static CheckReport underLoad(
      PropagationCheckBuilder options, ExecutorService threads, Behaviour behaviour)
      throws Exception {
    try (PropagationCheck check = options.start();
        TestService service =
            TestService.start(
                threads, (path, in) -> behaviour.serve(check.uri(), Forwarding.right(in)))) {
      return check.check(service.uri());
    }
  }

  /** Serves a request: calls a dependency with the lines. */
  private interface Behaviour {
    void serve(URI dependency, List<String> lines) throws Exception;
  }

  @Test
  void rightThatAnswersAfterATime_isNotSaidToMix() throws Exception {
    CheckReport report =
        underLoad(
            load().requests(32),
            (dependency, lines) -> {
              many.execute(() -> callQuietly(dependency, lines));
              work(575);
            });

    assertThat(report.broken()).as("%s", report).isEmpty();
  }

  /** Asked alone, it takes so long that it seems to wait for its calls. */
  @Test
  void rightThatAnswersSoonerUnderLoad_isNotSaidToMix() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    CheckReport report =
        underLoad(
            load().requests(32),
            (dependency, lines) -> {
              many.execute(() -> callQuietly(dependency, lines));
              boolean loaded = inFlight.incrementAndGet() > 1;
              try {
                work(loaded ? 60 : 1050);
              } finally {
                inFlight.decrementAndGet();
              }
            });

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
  }

  @Test
  void rightThatWorksBeforeItsCall_isCheckedForMixing() throws Exception {
    CheckReport report =
        reportOfMixing(
            () ->
                underLoad(
                    load().requests(32).settle(PATIENT),
                    (dependency, lines) -> {
                      work(200);
                      call(dependency, lines);
                    }));

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  /** Its calls come long after the requests, when the check has sent others. */
  @Test
  void rightWithAQueueOfCalls_isNotSaidToMix() throws Exception {
    ExecutorService queue = Executors.newSingleThreadExecutor();
    try {
      CheckReport report =
          underLoad(
              load().requests(32).timeout(Duration.ofSeconds(2)),
              (dependency, lines) -> queue.execute(() -> callAfterWorkQuietly(dependency, lines)));

      assertThat(report.broken()).as("%s", report).isEmpty();
    } finally {
      queue.shutdownNow();
    }
  }

  private static TestService.Response callAfterWork(URI dependency, List<String> lines)
      throws Exception {
    work(200);
    return call(dependency, lines);
  }

  private static void callAfterWorkQuietly(URI dependency, List<String> lines) {
    try {
      callAfterWork(dependency, lines);
    } catch (Exception e) {
      // A call that is missing is reported.
    }
  }

  @Test
  void rightWithOneSlowThread_endsTheLoad() throws Exception {
    CheckReport report =
        underLoad(
            load().timeout(Duration.ofSeconds(1)),
            Executors.newSingleThreadExecutor(),
            (dependency, lines) -> callAfterWork(dependency, lines));

    assertThat(report.broken()).as("%s", report).isEmpty();
    assertThat(report.result(Rule.NOT_LOST).findings()).singleElement().asString().contains("time");
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
  }

  @Test
  void slowerThanTheTimeout_cannotBeChecked() throws Exception {
    try (PropagationCheck quick = quick().timeout(Duration.ofSeconds(2)).start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  call(quick.uri(), Forwarding.right(in));
                  work(4000);
                })) {
      assertThatIllegalStateException()
          .isThrownBy(() -> quick.check(service.uri()))
          .withMessageContaining("Raise the time-out");
    }
  }
}
