// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that share between requests what belongs to one. */
class MixingServicesTest extends PropagationCheckTestCase {
  @Override
  CheckReport report(TestService.Behaviour behaviour) throws Exception {
    return reportOfMixing(() -> super.report(behaviour));
  }

  private final AtomicReference<List<String>> last = new AtomicReference<>(List.of());

  /** As Node with a property of the socket, and Go with ConnContext. */
  @Test
  void headersOfTheConnection_breakNotMixed() throws Exception {
    CheckReport report =
        report(
            (path, in) ->
                call(
                    check.uri(),
                    TestService.connection()
                        .computeIfAbsent("headers", key -> Forwarding.right(in))));

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
  }

  /** Every request gives the global its own value first, and reads it after others may have. */
  @ParameterizedTest
  @ValueSource(strings = {"x-b3-sampled", "x-b3-parentspanid", "x-datadog-sampling-priority"})
  void oneHeaderInAGlobal_breaksNotMixed(String name) throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> own = Forwarding.right(in);
              last.set(own);
              otherRequestsRun();
              List<String> lines = new ArrayList<>(Forwarding.without(own, name));
              Forwarding.values(requireNonNull(last.get()), name)
                  .forEach(value -> lines.add(name + ": " + value));
              call(check.uri(), lines);
            },
            load());

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
  }

  /** As a global that is read before it is set. */
  @Test
  void headersOfTheRequestBefore_breakNotMixed() throws Exception {
    CheckReport report =
        report(
            (path, in) -> call(check.uri(), requireNonNull(last.getAndSet(Forwarding.right(in)))),
            options().timeout(SHORT_TIMEOUT));

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
    assertThat(report.status(false)).isEqualTo(3);
  }

  private static void otherRequestsRun() throws InterruptedException {
    assertThat(new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS)).isFalse();
  }

  @Test
  void secondCallOfAnother_breaksNotMixed() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> own = Forwarding.right(in);
              last.set(own);
              call(check.uri(), own);
              call(check.uri(), requireNonNull(last.get()));
            });

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
    assertThat(report.result(Rule.NOT_LOST).outcome()).isEqualTo(CheckResult.Outcome.CONSEQUENCE);
  }

  /** No count of calls tells it, since the number differs between requests. */
  @Test
  void secondCallOfAnotherAndSometimesAThird_breaksNotMixed() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> own = Forwarding.right(in);
              boolean third = requests.incrementAndGet() % 2 == 0;
              last.set(own);
              call(check.uri(), own);
              call(check.uri(), requireNonNull(last.get()));
              if (third) {
                call(check.uri(), own);
              }
            },
            load());

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
  }

  @Test
  void secondCallOfAnotherAtAnotherPort_breaksNotMixed() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> own = Forwarding.right(in);
              last.set(own);
              call(check.uri(), own);
              call(port(check.ports().get(1)), requireNonNull(last.get()));
            },
            options().downstream(0, 0));

    assertThat(report.broken()).containsExactly(Rule.NOT_MIXED);
  }

  @Test
  void secondCallOfItsOwnAtAnotherPort_isRight() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              call(check.uri(), Forwarding.right(in));
              call(port(check.ports().get(1)), Forwarding.right(in));
            },
            options().downstream(0, 0));

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.EVERY_CALL).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  private static URI port(int port) {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** As the headers of a Session of Python's requests that all threads share. */
  @Test
  void sharedSession_breaksNotMixed() throws Exception {
    Map<String, String> session = new ConcurrentHashMap<>();
    CheckReport report =
        report(
            (path, in) -> {
              Forwarding.right(in)
                  .forEach(
                      line -> {
                        String name = HeaderLine.name(line);
                        session.put(name, HeaderLine.value(line, name));
                      });
              call(check.uri(), Forwarding.lines(session));
            },
            load());

    assertThat(report.broken()).contains(Rule.NOT_MIXED);
  }

  /** With the load of the defaults. */
  @Test
  void oneOf100Requests_breaksNotMixed() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    CheckReport report =
        report(
            (path, in) -> {
              List<String> own = Forwarding.right(in);
              List<String> another = requireNonNull(last.getAndSet(own));
              boolean mixes = requests.incrementAndGet() % 100 == 0 && !own.isEmpty();
              call(check.uri(), mixes ? another : own);
            },
            load().requests(3200).concurrency(64).settle(PATIENT).timeout(Duration.ofSeconds(20)));

    assertThat(report.broken()).as("%s", report).contains(Rule.NOT_MIXED);
  }
}
