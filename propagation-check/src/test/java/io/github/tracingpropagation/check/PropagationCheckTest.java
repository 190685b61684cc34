// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A right service keeps every rule; each broken one breaks the rule that it is about, alone. */
@Execution(ExecutionMode.CONCURRENT) // each check waits most of the time
class PropagationCheckTest {
  private static final ThreadLocal<List<String>> CURRENT = new InheritableThreadLocal<>();

  private final ExecutorService pool = Executors.newFixedThreadPool(4);
  private PropagationCheck check;

  @BeforeEach
  void start() throws IOException {
    check = PropagationCheck.builder().providers(Provider.values()).foreignHost().start();
  }

  @AfterEach
  void stop() {
    check.close();
    pool.shutdownNow();
  }

  @Test
  void right_keepsEveryRule() throws Exception {
    assertThat(broken(in -> Forwarding.right(in))).isEmpty();
  }

  @Test
  void rightThatFollowsAndRetries_keepsEveryRule() throws Exception {
    CheckReport report = report((path, in) -> follow(in, true, true, false));

    assertThat(report.broken()).isEmpty();
    assertThat(report.results())
        .filteredOn(result -> result.outcome() == CheckResult.Outcome.NOT_CHECKED)
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
        report(
            (path, in) -> {
              List<String> lines = Forwarding.right(in);
              pool.submit(() -> call(check.uri(), lines)).get();
            });

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
    try (PropagationCheck one = PropagationCheck.builder().providers(provider).start();
        TestService service =
            TestService.start(
                (path, in) -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  out.removeIf(line -> !names.contains(HttpMessage.name(line)));
                  call(one.uri(), out);
                })) {
      one.check(service.uri()).assertKept();
    }
  }

  @Test
  void tracerOfItsOwn_keepsEveryRule() throws Exception {
    try (PropagationCheck zipkin = PropagationCheck.start();
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

  @Test
  void oneProvidersHeaderMissing_breaksFamilies() throws Exception {
    assertThat(broken(in -> Forwarding.without(Forwarding.right(in), "sw8-x")))
        .containsExactly(Rule.FAMILIES);
  }

  @Test
  void requestIdLost_breaksRequestId() throws Exception {
    assertThat(broken(in -> Forwarding.without(Forwarding.right(in), "x-request-id")))
        .containsExactly(Rule.REQUEST_ID);
  }

  @Test
  void requestIdNormalised_breaksRequestId() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.right(in).stream()
                        .map(line -> line.replace("Not A UUID", "not a uuid"))
                        .toList()))
        .containsExactly(Rule.REQUEST_ID);
  }

  @Test
  void idsLowered_breakVerbatim() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.right(in).stream()
                        .map(
                            line ->
                                line.startsWith("x-b3-traceid")
                                    ? line.toLowerCase(java.util.Locale.ROOT)
                                    : line)
                        .toList()))
        .containsExactly(Rule.VERBATIM);
  }

  @Test
  void decisionAloneLost_breaksVerbatim() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = Forwarding.right(in);
                  return out.equals(List.of("x-b3-sampled: 0")) ? List.of() : out;
                }))
        .containsExactly(Rule.VERBATIM);
  }

  @Test
  void credentialForwarded_breaksNothingElse() throws Exception {
    assertThat(broken(in -> with(in, "authorization"))).containsExactly(Rule.NOTHING_ELSE);
  }

  @Test
  void applicationHeader_isAllowedByName() throws Exception {
    try (PropagationCheck allowing = PropagationCheck.builder().allow("End-User").start();
        TestService service =
            TestService.start((path, in) -> call(allowing.uri(), with(in, "end-user")))) {
      allowing.check(service.uri()).assertKept();
    }
  }

  private static List<String> with(List<String> in, String name) {
    List<String> out = new ArrayList<>(Forwarding.right(in));
    Forwarding.values(in, name).forEach(value -> out.add(name + ": " + value));
    return out;
  }

  @Test
  void emptyValueForwarded_breaksAbsent() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  in.stream().filter(it -> it.equals("x-b3-parentspanid:")).forEach(out::add);
                  return out;
                }))
        .containsExactly(Rule.ABSENT);
  }

  @Test
  void requestIdInvented_breaksAbsent() throws Exception {
    assertThat(
            broken(in -> in.size() > 3 ? Forwarding.right(in) : List.of("x-request-id: invented")))
        .contains(Rule.ABSENT);
  }

  @Test
  void hostileValue_thatFailsTheCall_breaksHostile() throws Exception {
    CheckReport report =
        report(
            (path, in) -> {
              if (in.stream().anyMatch(line -> line.startsWith("x-request-id: caf"))) {
                throw new IllegalArgumentException();
              }
              call(check.uri(), Forwarding.right(in));
            });

    assertThat(report.broken()).containsExactly(Rule.HOSTILE);
    assertThat(report.result(Rule.HOSTILE).findings())
        .anyMatch(it -> it.contains("caf\\xe9") && it.contains("no outbound call"));
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
  void malformedValueForwarded_breaksMalformed() throws Exception {
    assertThat(
            broken(
                in -> {
                  List<String> out = new ArrayList<>(Forwarding.right(in));
                  in.stream().filter(it -> it.equals("x-b3-parentspanid: -")).forEach(out::add);
                  return out;
                }))
        .containsExactly(Rule.MALFORMED);
  }

  @Test
  void lastOfRepeatedLines_breaksRepeated() throws Exception {
    assertThat(
            broken(
                in ->
                    Forwarding.values(in, "b3").size() > 1
                        ? List.of("b3: 1")
                        : Forwarding.right(in)))
        .containsExactly(Rule.REPEATED);
  }

  @Test
  void secondCallWithout_breaksEveryCall() throws Exception {
    assertThat(
            report(
                    (path, in) -> {
                      call(check.uri(), Forwarding.right(in));
                      call(check.uri(), List.of());
                    })
                .broken())
        .containsExactly(Rule.EVERY_CALL);
  }

  @Test
  void retryWithout_breaksRetries() throws Exception {
    assertThat(report((path, in) -> follow(in, false, true, false)).broken())
        .containsExactly(Rule.RETRIES);
  }

  @Test
  void redirectWithout_breaksRedirects() throws Exception {
    assertThat(report((path, in) -> follow(in, true, false, false)).broken())
        .containsExactly(Rule.REDIRECTS);
  }

  @Test
  void redirectAnywhere_breaksForeignHost() throws Exception {
    assertThat(report((path, in) -> follow(in, true, true, true)).broken())
        .containsExactly(Rule.FOREIGN_HOST);
  }

  /** Exchanges the headers of two requests, so that the number of each stays right. */
  @Test
  void exchangedHeaders_breakNotMixed() throws Exception {
    AtomicReference<List<String>> other = new AtomicReference<>();
    AtomicInteger inFlight = new AtomicInteger();
    assertThat(
            report(
                    (path, in) -> {
                      List<String> own = Forwarding.right(in);
                      inFlight.incrementAndGet();
                      Thread.sleep(20);
                      try {
                        List<String> exchanged = inFlight.get() > 1 ? exchange(other, own) : own;
                        call(check.uri(), exchanged);
                      } finally {
                        inFlight.decrementAndGet();
                      }
                    })
                .broken())
        .containsExactly(Rule.NOT_MIXED);
  }

  /** Returns another request's lines if one is waiting to exchange, else one's own. */
  private static List<String> exchange(AtomicReference<List<String>> other, List<String> own)
      throws InterruptedException {
    if (own.isEmpty()) {
      return own;
    }
    synchronized (other) {
      List<String> waiting = other.getAndSet(null);
      if (waiting != null) {
        Map.Entry<List<String>, List<String>> pair = Map.entry(waiting, own);
        EXCHANGED.put(waiting, pair.getValue());
        other.notifyAll();
        return waiting;
      }
      other.set(own);
      other.wait(100);
      other.compareAndSet(own, null);
    }
    List<String> taken = EXCHANGED.remove(own);
    return taken == null ? own : taken;
  }

  private static final Map<List<String>, List<String>> EXCHANGED = new ConcurrentHashMap<>();

  @Test
  void loadThatLosesHeaders_breaksNotLost() throws Exception {
    AtomicInteger inFlight = new AtomicInteger();
    assertThat(
            report(
                    (path, in) -> {
                      boolean busy = inFlight.incrementAndGet() > 8;
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
                if (inFlight.incrementAndGet() > 8) {
                  throw new IllegalStateException("overloaded");
                }
                call(check.uri(), Forwarding.right(in));
              } finally {
                inFlight.decrementAndGet();
              }
            });

    assertThat(report.broken()).isEmpty();
    assertThat(report.result(Rule.NOT_LOST).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
    assertThat(report.result(Rule.NOT_MIXED).outcome()).isEqualTo(CheckResult.Outcome.NOT_CHECKED);
  }

  @Test
  void leftovers_breakNoLeftovers() throws Exception {
    AtomicInteger without = new AtomicInteger();
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    assertThat(
            report(
                    (path, in) -> {
                      List<String> own = Forwarding.right(in);
                      if (own.isEmpty()) {
                        // More than there are in one wave under load.
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
  void inheritableThreadLocalInAPool_isFoundInEachOf100Runs() throws Exception {
    AtomicReference<ExecutorService> threads = new AtomicReference<>(pool);
    Settings settings = PropagationCheck.builder().requests(48).settings();
    Traffic traffic = new Traffic(Reply.empty(200, "x: y"));
    try (Listener listener = Listener.start(InetAddress.getLoopbackAddress(), 0, traffic, false);
        TestService service =
            TestService.start(
                (path, in) -> {
                  CURRENT.set(Forwarding.right(in));
                  URI to = URI.create("http://127.0.0.1:" + listener.port());
                  requireNonNull(threads.get()).submit(() -> call(to, CURRENT.get())).get();
                });
        Target target = new Target(settings, traffic, service.uri().toString())) {
      Capabilities all =
          new Capabilities(
              settings, target.calibrate(Probe.unique(), Probe.unique(), Probe.unique()));
      for (int run = 0; run < 100; run++) {
        threads.set(Executors.newFixedThreadPool(8));
        Findings findings = new Findings();
        new Storm(target, new Judge(settings, all), all, findings).run();
        requireNonNull(threads.get()).shutdown();
        assertThat(findings.report().broken()).as("run %d", run).contains(Rule.NOT_MIXED);
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

    assertThat(report.broken()).contains(Rule.NOT_MIXED, Rule.NO_LEFTOVERS);
  }

  private List<Rule> broken(UnaryOperator<List<String>> forwarding) throws Exception {
    return report((path, in) -> call(check.uri(), forwarding.apply(in))).broken();
  }

  private CheckReport report(TestService.Behaviour behaviour) throws Exception {
    try (TestService service = TestService.start(behaviour)) {
      return check.check(service.uri());
    }
  }

  /** Retries once, and follows a redirect once. */
  private void follow(List<String> in, boolean retryWith, boolean redirectWith, boolean foreignWith)
      throws IOException {
    List<String> lines = Forwarding.right(in);
    TestService.Response response = callQuietly(check.uri(), lines);
    if (response.status() == 0 || response.status() == 503) {
      response = callQuietly(check.uri(), retryWith ? lines : List.of());
    }
    if (response.status() == 302) {
      URI to = URI.create(requireNonNull(response.location()));
      boolean foreign = to.getPort() != check.port();
      call(to, (foreign ? foreignWith : redirectWith) ? lines : List.of());
    }
  }

  private static TestService.Response callQuietly(URI uri, List<String> lines) {
    try {
      return call(uri, lines);
    } catch (IOException e) {
      return new TestService.Response(0, null);
    }
  }

  @Test
  void noCall_isWrongUse() throws Exception {
    try (PropagationCheck quick =
            PropagationCheck.builder().timeout(Duration.ofMillis(300)).start();
        TestService service = TestService.start((path, in) -> {})) {
      org.assertj.core.api.Assertions.assertThatIllegalStateException()
          .isThrownBy(() -> quick.check(service.uri()))
          .withMessageContaining("No call arrived at port [" + quick.port() + "]")
          .withMessageContaining("answered 200");
    }
  }
}
