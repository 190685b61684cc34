// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static io.github.tracingpropagation.check.TestService.call;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Checks services that behave as a test wants. */
@Execution(ExecutionMode.CONCURRENT) // each check waits most of the time
abstract class PropagationCheckTestCase {
  /** A part of the default, since the services here do what they do within some milliseconds. */
  static final Duration SETTLE = Duration.ofMillis(600);

  /** Turns must end within a part of it: on a machine with 36 runnable threads, too. */
  static final Duration PATIENT = Duration.ofSeconds(8);

  /** How long to wait for what never comes, so that it need not be the default's 5 seconds. */
  static final Duration SHORT_TIMEOUT = Duration.ofSeconds(1);

  final ExecutorService pool = Executors.newFixedThreadPool(4);
  PropagationCheck check;

  /** The last report of {@link #report}. */
  private @Nullable CheckReport last;

  @BeforeEach
  void start() throws IOException {
    check = defaults().start();
  }

  /** Returns the options of {@link #check}. */
  PropagationCheckBuilder defaults() {
    return options();
  }

  /** Returns options with less load and shorter waits than the defaults. */
  static PropagationCheckBuilder options() {
    return quick().providers(Provider.values()).foreignHost();
  }

  static PropagationCheckBuilder quick() {
    return PropagationCheck.builder().requests(96).concurrency(16).settle(SETTLE);
  }

  /** Returns options with which the load alone is checked. */
  static PropagationCheckBuilder load() {
    return options().only(Rule.NOT_MIXED, Rule.NOT_LOST, Rule.NO_LEFTOVERS);
  }

  @AfterEach
  void stop(TestInfo test) {
    check.close();
    pool.shutdownNow();
    Breaks breaks = test.getTestMethod().orElseThrow().getAnnotation(Breaks.class);
    if (breaks != null) {
      CheckReport report = requireNonNull(last);
      assertThat(report.broken()).as("%s", report).containsExactly(breaks.value());
    }
  }

  /** Returns a port that no connection of another test gets meanwhile. */
  static int freePort() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (BindException e) {
        // another one
      }
    }
    throw new IOException("no free port");
  }

  /** Returns the rules that a service breaks which forwards so. */
  List<Rule> broken(UnaryOperator<List<String>> forwarding) throws Exception {
    return report((path, in) -> call(check.uri(), forwarding.apply(in))).broken();
  }

  /** Checks with other options; {@link #check} is restarted with them. */
  CheckReport report(TestService.Behaviour behaviour, PropagationCheckBuilder options)
      throws Exception {
    check.close();
    check = options.start();
    return report(behaviour);
  }

  CheckReport report(TestService.Behaviour behaviour) throws Exception {
    try (TestService service = TestService.start(behaviour)) {
      last = check.check(service.uri());
      return last;
    }
  }

  /**
   * Returns a report in which mixing was checked. On a stalled machine too few requests are
   * answered while the others are held; each report must be without a broken rule nevertheless.
   */
  static CheckReport reportOfMixing(Callable<CheckReport> check) throws Exception {
    CheckReport report = check.call();
    for (int more = 0; more < 4 && isMixingUnchecked(report); more++) {
      assertThat(report.broken()).isEmpty();
      report = check.call();
    }
    return report;
  }

  private static boolean isMixingUnchecked(CheckReport report) {
    return report.result(Rule.NOT_MIXED).outcome() == CheckResult.Outcome.NOT_CHECKED;
  }

  /** Retries once, and follows a redirect once. */
  void follow(List<String> in, boolean retryWith, boolean redirectWith, boolean foreignWith)
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

  static TestService.Response callQuietly(URI uri, List<String> lines) {
    try {
      return call(uri, lines);
    } catch (IOException e) {
      return new TestService.Response(0, null);
    }
  }
}
