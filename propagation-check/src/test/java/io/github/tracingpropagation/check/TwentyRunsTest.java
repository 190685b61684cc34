// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same verdict in each of many runs, with all processors busy. Run with {@code
 * -Dcheck.runs=20}; not in each build, because it takes minutes and slows down whatever else runs.
 */
@EnabledIfSystemProperty(named = "check.runs", matches = "\\d+")
class TwentyRunsTest {
  /** Serves a request whose dependency is at a URI. */
  private interface Service {
    void serve(URI dependency, List<String> in) throws Exception;
  }

  /** Makes a service anew for each run. */
  private interface Maker {
    Service make();
  }

  private static final ExecutorService MANY = Executors.newCachedThreadPool();

  private static final ThreadLocal<List<String>> CURRENT = new InheritableThreadLocal<>();

  private static Arguments service(String name, @Nullable Rule broken, Maker maker) {
    return Arguments.of(name, broken, maker);
  }

  static Stream<Arguments> services() {
    return Stream.of(
        service("right", null, () -> (to, in) -> call(to, Forwarding.right(in))),
        service("two calls", null, () -> TwentyRunsTest::twice),
        service("parallel calls", null, () -> TwentyRunsTest::parallel),
        service("small pool", null, TwentyRunsTest::smallPool),
        service("four tries of 150 ms", null, () -> (to, in) -> tries(to, Forwarding.right(in))),
        service("hedging at 100 ms", null, () -> TwentyRunsTest::hedging),
        service("bulkhead with tries", null, TwentyRunsTest::bulkhead),
        service("answers first", null, () -> (to, in) -> later(0, to, Forwarding.right(in))),
        service("calls late", null, TwentyRunsTest::late),
        service("60 ms of work", null, () -> TwentyRunsTest::slow),
        service("none", Rule.FAMILIES, () -> (to, in) -> call(to, List.of())),
        service("connection", Rule.NOT_MIXED, () -> TwentyRunsTest::connection),
        service("decision in a global", Rule.NOT_MIXED, TwentyRunsTest::decision),
        service("second call", Rule.NOT_MIXED, TwentyRunsTest::secondCall),
        service("shared session", Rule.NOT_MIXED, TwentyRunsTest::session),
        service("1 of 100", Rule.NOT_MIXED, TwentyRunsTest::oneOf100),
        service("inherited in a pool", Rule.NOT_MIXED, TwentyRunsTest::inherited),
        service("lost at 4 at once", Rule.NOT_LOST, TwentyRunsTest::lost),
        service("leftovers", Rule.NO_LEFTOVERS, TwentyRunsTest::leftovers),
        service("credential", Rule.NOTHING_ELSE, () -> TwentyRunsTest::credential));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("services")
  @Execution(ExecutionMode.CONCURRENT)
  @Timeout(value = 3, unit = TimeUnit.HOURS)
  void verdict_isTheSameInEachRun(String name, @Nullable Rule broken, Maker maker)
      throws Exception {
    List<String> wrong = new ArrayList<>();
    int runs = Integer.getInteger("check.runs", 0);
    int checked = 0;
    for (int run = 0; run < runs; run++) {
      Service service = maker.make();
      try (PropagationCheck check =
              PropagationCheck.builder()
                  .requests(640)
                  .concurrency(32)
                  .settle(Duration.ofSeconds(2))
                  .skip(Rule.MALFORMED)
                  .start();
          TestService target = TestService.start((path, in) -> service.serve(check.uri(), in))) {
        CheckReport report = check.check(target.uri());
        if (broken == null ? !report.isKept() : !report.broken().contains(broken)) {
          wrong.add(report.toString());
        }
        checked +=
            report.result(Rule.NOT_MIXED).outcome() == CheckResult.Outcome.NOT_CHECKED ? 0 : 1;
      }
    }
    System.out.printf(
        "%-22s %2d of %d runs right, mixing judged in %d%n",
        name, runs - wrong.size(), runs, checked);
    assertThat(wrong).isEmpty();
  }

  private static void twice(URI to, List<String> in) throws IOException {
    call(to, Forwarding.right(in));
    call(to, Forwarding.right(in));
  }

  private static void parallel(URI to, List<String> in) throws IOException {
    CompletableFuture<Void> first = async(to, Forwarding.right(in));
    call(to, Forwarding.right(in));
    first.join();
  }

  private static Service smallPool() {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    return (to, in) -> pool.submit(() -> call(to, Forwarding.right(in))).get();
  }

  private static void tries(URI to, List<String> lines) throws IOException {
    for (int attempt = 0; attempt < 4; attempt++) {
      try {
        call(to, lines, 150);
        return;
      } catch (SocketTimeoutException e) {
        // once more
      }
    }
    throw new IOException("no answer in four tries");
  }

  private static void hedging(URI to, List<String> in) {
    CompletableFuture<Void> first = async(to, Forwarding.right(in));
    CompletableFuture<Void> second = new CompletableFuture<>();
    CompletableFuture.delayedExecutor(100, TimeUnit.MILLISECONDS, MANY)
        .execute(
            () -> {
              if (!first.isDone()) {
                PropagationCheckTestCase.callQuietly(to, Forwarding.right(in));
              }
              second.complete(null);
            });
    CompletableFuture.anyOf(first, second).join();
  }

  private static Service bulkhead() {
    Semaphore bulkhead = new Semaphore(6);
    return (to, in) -> {
      if (!bulkhead.tryAcquire(240, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("full");
      }
      try {
        tries(to, Forwarding.right(in));
      } finally {
        bulkhead.release();
      }
    };
  }

  private static CompletableFuture<Void> async(URI to, List<String> lines) {
    return CompletableFuture.runAsync(() -> PropagationCheckTestCase.callQuietly(to, lines), MANY);
  }

  private static void later(long millis, URI to, List<String> lines) {
    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, MANY)
        .execute(() -> PropagationCheckTestCase.callQuietly(to, lines));
  }

  private static Service late() {
    AtomicInteger requests = new AtomicInteger();
    return (to, in) -> later(225 + requests.incrementAndGet() % 4 * 425L, to, Forwarding.right(in));
  }

  private static void slow(URI to, List<String> in) throws Exception {
    call(to, Forwarding.right(in));
    assertThat(new CountDownLatch(1).await(60, TimeUnit.MILLISECONDS)).isFalse();
  }

  private static void connection(URI to, List<String> in) throws IOException {
    call(to, TestService.connection().computeIfAbsent("headers", key -> Forwarding.right(in)));
  }

  private static Service decision() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return (to, in) -> {
      last.set(Forwarding.right(in));
      assertThat(new CountDownLatch(1).await(3, TimeUnit.MILLISECONDS)).isFalse();
      List<String> lines =
          new ArrayList<>(Forwarding.without(Forwarding.right(in), "x-b3-sampled"));
      Forwarding.values(requireNonNull(last.get()), "x-b3-sampled")
          .forEach(value -> lines.add("x-b3-sampled: " + value));
      call(to, lines);
    };
  }

  private static Service secondCall() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return (to, in) -> {
      last.set(Forwarding.right(in));
      call(to, Forwarding.right(in));
      call(to, requireNonNull(last.get()));
    };
  }

  private static Service session() {
    Map<String, String> session = new ConcurrentHashMap<>();
    return (to, in) -> {
      for (String line : Forwarding.right(in)) {
        session.put(HeaderLine.name(line), HeaderLine.value(line, HeaderLine.name(line)));
      }
      call(to, Forwarding.lines(session));
    };
  }

  private static Service oneOf100() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    AtomicInteger requests = new AtomicInteger();
    return (to, in) -> {
      List<String> own = Forwarding.right(in);
      List<String> another = requireNonNull(last.getAndSet(own));
      boolean mixes = requests.incrementAndGet() % 100 == 0 && !own.isEmpty();
      call(to, mixes ? another : own);
    };
  }

  private static Service inherited() {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    return (to, in) -> {
      CURRENT.set(Forwarding.right(in));
      pool.submit(() -> call(to, CURRENT.get())).get();
    };
  }

  private static Service lost() {
    AtomicInteger inFlight = new AtomicInteger();
    return (to, in) -> {
      boolean busy = inFlight.incrementAndGet() > 4;
      try {
        call(to, busy ? List.of() : Forwarding.right(in));
      } finally {
        inFlight.decrementAndGet();
      }
    };
  }

  private static Service leftovers() {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    return (to, in) -> {
      List<String> own = Forwarding.right(in);
      call(to, own.isEmpty() ? requireNonNull(last.get()) : own);
      last.set(own.isEmpty() ? requireNonNull(last.get()) : own);
    };
  }

  private static void credential(URI to, List<String> in) throws IOException {
    call(to, Forwarding.rightAnd(in, "authorization"));
  }
}
