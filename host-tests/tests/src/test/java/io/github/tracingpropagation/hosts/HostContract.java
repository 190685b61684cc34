// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.CheckReport;
import io.github.tracingpropagation.check.CheckResult;
import io.github.tracingpropagation.check.PropagationCheck;
import io.github.tracingpropagation.check.Provider;
import io.github.tracingpropagation.check.Rule;
import io.github.tracingpropagation.testing.Ports;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in every host: the propagation check finds that it forwards by every rule, or that it
 * forwards nothing and says so in its log; no error, a clean start. One process serves all tests of
 * a class; the last one compares this host's rows in docs/compatibility.md with what was found.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class HostContract {
  private static final Pattern FAULT =
      Pattern.compile("\\b(ERROR|FATAL|SEVERE)\\b|Exception\\b|NoClassDefFoundError|LinkageError");

  /** Broken where a host forwards nothing, and mixes nothing. */
  static final List<Rule> FORWARDS_NOTHING = List.of(Rule.FAMILIES, Rule.REQUEST_ID);

  private static final int REQUESTS = 1000;
  private static final Duration DEADLINE = Duration.ofSeconds(45);

  private final HostMatrix matrix = new HostMatrix(name());
  private PropagationCheck check;
  private HostProcess host;
  private String base;
  private String start;

  /**
   * A way of the library in this host: a row of the host matrix.
   *
   * @param registered how the library is registered, and with which client it calls
   * @param sync the path that calls downstream on the request's thread
   * @param async the path that calls downstream on another thread while the request is suspended
   */
  record Way(String registered, String sync, String async) {}

  /** A cell of the host matrix. */
  record Cell(Way way, String column) {
    String path() {
      return column.equals("sync") ? way.sync() : way.async();
    }

    @Override
    public String toString() {
      return way.registered() + ", " + column;
    }
  }

  /** Returns the name of this host in the host matrix. */
  abstract String name();

  /** Returns the registrations to test in this host. */
  abstract List<Way> ways();

  /** Returns the command that starts the host on this port of the loopback interface. */
  abstract List<String> command(int port) throws Exception;

  /** Returns the host's environment variables besides {@code DOWNSTREAM}. */
  Map<String, String> environment(int port) {
    return Map.of();
  }

  /** Returns the rules that a tracer of the host breaks on a way, and not the library. */
  List<Rule> brokenByTracer(Way way) {
    return List.of();
  }

  /** Matches log lines that look like a fault of the start, but are not caused by the library. */
  Pattern harmless() {
    return Pattern.compile("(?!)");
  }

  @BeforeAll
  final void startHost() throws Exception {
    check =
        PropagationCheck.builder()
            .providers(Provider.values())
            .requests(REQUESTS)
            .concurrency(REQUESTS)
            .timeout(DEADLINE)
            .start();
    int port = Ports.free();
    base = "http://127.0.0.1:" + port;
    Map<String, String> environment = new HashMap<>(environment(port));
    environment.put("DOWNSTREAM", check.uri() + "/called");
    host = HostProcess.start(getClass().getSimpleName(), command(port), environment);
    for (Way way : ways()) {
      awaitAnswer(way.sync());
    }
    start = host.output();
  }

  @AfterAll
  final void stopHost() throws Exception {
    if (host != null) {
      host.stop();
    }
    check.close();
  }

  @Test
  @Order(1)
  void start_isClean() {
    assertThat(start.lines().filter(line -> FAULT.matcher(line).find()))
        .as("faults in %s", host.log())
        .allMatch(line -> harmless().matcher(line).find());
  }

  @ParameterizedTest
  @MethodSource("cells")
  @Order(2)
  void requests_forwardTheirOwnHeadersOrNone(Cell cell) throws Exception {
    CheckReport report = checkUnderLoad(cell.way(), cell.path());
    boolean refused = !warnings().isEmpty() && report.broken().equals(FORWARDS_NOTHING);

    assertThat(refused || isForwarded(cell.way(), report))
        .as("%s; log: %s", report, host.log())
        .isTrue();
    assertThat(report.notes()).noneMatch(note -> note.startsWith("The service answers"));
    matrix.add(cell, refused);
  }

  /** Checks a path of a way, again if a machine that stalls answers too few requests at once. */
  final CheckReport checkUnderLoad(Way way, String path) throws InterruptedException {
    CheckReport report = check(path);
    for (int more = 0; more < 4 && isKept(report, way) && !isCheckedUnderLoad(report); more++) {
      report = check(path);
    }
    return report;
  }

  /** Returns whether each request forwarded its own headers, also under load. */
  final boolean isForwarded(Way way, CheckReport report) {
    return isKept(report, way) && isCheckedUnderLoad(report);
  }

  /** Returns false if the host refused some of the requests, whose headers then show nothing. */
  private static boolean isCheckedUnderLoad(CheckReport report) {
    return Stream.of(Rule.NOT_MIXED, Rule.NOT_LOST)
        .allMatch(rule -> report.result(rule).outcome() == CheckResult.Outcome.KEPT);
  }

  @Test
  @Order(3)
  void docs_showWhatWasMeasured() throws Exception {
    matrix.assertShown();
  }

  /** Returns the log lines in which the feature warns that it captures nothing. */
  final List<String> warnings() {
    return output()
        .lines()
        .filter(line -> line.contains("WARN") && line.contains("TracingPropagationFeature"))
        .toList();
  }

  final Stream<Cell> cells() {
    return ways().stream().flatMap(way -> Stream.of(new Cell(way, "sync"), new Cell(way, "async")));
  }

  /** Waits until the application at a path answers. */
  final void awaitAnswer(String path) throws Exception {
    host.awaitAnswer(uri(path + (path.contains("?") ? "&" : "?") + "n=0"));
  }

  final URI uri(String path) {
    return URI.create(base + path);
  }

  /** Checks what the host forwards of requests to a path, which passes on the parameter n. */
  private boolean isKept(CheckReport report, Way way) {
    List<Rule> byTracer = brokenByTracer(way);
    return report.isKept() || (!byTracer.isEmpty() && report.broken().equals(byTracer));
  }

  final CheckReport check(String path) throws InterruptedException {
    return check.check(base + path + (path.contains("?") ? "&" : "?") + "n={n}");
  }

  /** Returns the path of the host's log. */
  final Path log() {
    return host.log();
  }

  /** Returns the content of the host's log. */
  final String output() {
    return host.output();
  }
}
