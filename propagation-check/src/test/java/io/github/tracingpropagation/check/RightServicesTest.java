// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A right service keeps every rule. */
class RightServicesTest extends PropagationCheckTestCase {
  @Test
  void right_keepsEveryRule() throws Exception {
    assertThat(broken(in -> Forwarding.right(in))).isEmpty();
  }

  @RepeatedTest(10) // whether a connection ends before or after the next request is sent, is a race
  void rightThatEndsItsConnections_keepsEveryRule() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              TestService.connection().put(TestService.LAST, in);
              call(check.uri(), Forwarding.right(in));
            },
            load());

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.NOT_LOST).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void rightThatFollowsAndRetries_keepsEveryRule() throws Exception {
    CheckReport report = report((path, in) -> follow(in, true, true, false));

    assertThat(report.broken()).isEmpty();
    assertThat(report.results())
        .filteredOn(result -> result.outcome() != CheckResult.Outcome.KEPT)
        .extracting(CheckResult::rule)
        .containsExactly(Rule.EVERY_CALL);
  }

  @Test
  void rightThatCallsTwice_keepsEveryRule() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              call(check.uri(), Forwarding.right(in));
              call(check.uri(), Forwarding.right(in));
            });

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.EVERY_CALL).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void rightThatCallsInParallel_keepsEveryRule() throws Exception {
    ExecutorService many = Executors.newCachedThreadPool();
    try {
      CheckReport report =
          report(
              (path, in) -> {
                List<String> lines = Forwarding.right(in);
                var first = many.submit(() -> call(check.uri(), lines));
                call(check.uri(), lines);
                first.get();
              });
      assertThat(report.broken()).isEmpty();
    } finally {
      many.shutdownNow();
    }
  }

  @Test
  void rightThatCallsInASmallPool_keepsEveryRule() throws Exception {
    CheckReport report =
        reportOfMixing(
            () ->
                report(
                    (path, in) -> {
                      List<String> lines = Forwarding.right(in);
                      pool.submit(() -> call(check.uri(), lines)).get();
                    },
                    options().settle(PATIENT)));

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.KEPT);
  }

  @Test
  void rightThatAnswersFirst_isNotSaidToKeepWhatCannotBeSeen() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              pool.execute(() -> callQuietly(check.uri(), lines));
            });

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
  }

  @ParameterizedTest
  @EnumSource
  void rightForOneProvider_keepsEveryRule(Provider provider) throws Exception {
    List<String> names = new ArrayList<>(provider.headers());
    names.add("x-request-id");
    try (PropagationCheck one = quick().providers(provider).start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  out.removeIf(line -> !names.contains(HeaderLine.name(line)));
                  call(one.uri(), out);
                })) {
      one.check(service.uri()).assertKept();
    }
  }

  @Test
  void tracerOfItsOwn_keepsEveryRule() throws Exception {
    try (PropagationCheck zipkin = quick().start();
        TestService service =
            TestService.start((path, in) -> call(zipkin.uri(), ownSpan(Forwarding.right(in))))) {
      CheckReport report = zipkin.check(service.uri());

      assertThat(report.broken()).isEmpty();
      assertThat(report.notes()).anyMatch(note -> note.contains("tracer"));
    }
  }

  /** As Brave does: the same trace, a new span, and a trace of its own where there is none. */
  private static List<String> ownSpan(List<String> in) {
    List<String> b3 = Forwarding.values(in, "b3");
    List<String> trace = Forwarding.values(in, "x-b3-traceid");
    List<String> sampled = Forwarding.values(in, "x-b3-sampled");
    String decision = sampled.isEmpty() ? "1" : sampled.get(0);
    String id = trace.isEmpty() ? "%032x".formatted(System.nanoTime()) : trace.get(0);
    if (!b3.isEmpty()) {
      String[] fields = b3.get(0).split("-", -1);
      decision = fields.length == 1 ? b3.get(0) : fields.length > 2 ? fields[2] : "1";
      id = fields.length > 1 ? fields[0] : "%032x".formatted(System.nanoTime());
    }
    boolean debug = b3.isEmpty() && in.contains("x-b3-flags: 1");
    List<String> out = new ArrayList<>();
    Forwarding.values(in, "x-request-id").forEach(value -> out.add("x-request-id: " + value));
    out.add("x-b3-traceid: " + id);
    out.add("x-b3-spanid: %016x".formatted(System.nanoTime()));
    out.add("x-b3-sampled: " + (decision.equals("d") || debug ? "1" : decision));
    return out;
  }

  /** As Spring Boot's tracer does by default, which neither reads nor writes B3. */
  @Test
  void w3cTracerBesideForwardedB3_keepsEveryRule() throws Exception {
    CheckReport report =
        report((path, in) -> call(check.uri(), ownTraceparent(Forwarding.right(in))));

    assertThat(report.broken()).isEmpty();
  }

  private static List<String> ownTraceparent(List<String> in) {
    List<String> traceparent = Forwarding.values(in, "traceparent");
    String[] fields =
        traceparent.isEmpty()
            ? new String[] {"00", "%032x".formatted(System.nanoTime()), "", "00"}
            : traceparent.get(0).split("-", -1);
    List<String> out = new ArrayList<>(Forwarding.without(in, "traceparent"));
    out.add("traceparent: 00-%s-%016x-%s".formatted(fields[1], System.nanoTime(), fields[3]));
    return out;
  }

  @Test
  void serverThatRefusesHostileValues_keepsEveryRule() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              if (in.stream().anyMatch(line -> line.indexOf('\u00e9') >= 0)) {
                throw new IllegalArgumentException();
              }
              call(check.uri(), Forwarding.right(in));
            });

    assertThat(report.broken()).isEmpty();
    assertThat(report.notes()).anyMatch(note -> note.contains("refuses"));
  }

  @Test
  void applicationHeader_isAllowedByName() throws Exception {
    try (PropagationCheck allowing = quick().allow("End-User").start();
        TestService service =
            TestService.start(
                (path, in) -> call(allowing.uri(), Forwarding.rightAnd(in, "end-user")))) {
      allowing.check(service.uri()).assertKept();
    }
  }
}
