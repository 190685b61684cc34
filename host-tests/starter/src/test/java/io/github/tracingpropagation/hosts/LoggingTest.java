// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code x-request-id} in the log on each thread that forwards, on request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoggingTest {
  private static final String PATTERN = "--logging.pattern.console=%X{x-request-id:-none}|%m%n";

  private Recorder downstream;
  private ApplicationProcess application;

  @BeforeAll
  void startApplication() throws Exception {
    downstream = new Recorder();
    application =
        ApplicationProcess.start(
            ApplicationProcess.Settings.of("mdc")
                .arguments("--tracing.propagation.mdc=true", PATTERN),
            downstream.uri());
  }

  @AfterAll
  void stop() {
    application.close();
    downstream.close();
  }

  static Stream<Way> ways() {
    return Way.ALL.stream()
        .filter(
            way ->
                !way.clients().startsWith("web-client") && !way.name().startsWith("empty-block"));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void requestId_isInTheLogWhereItIsForwarded(Way way) {
    InboundHeaders request = InboundHeaders.next();

    call(way, request, request.all());

    assertThat(loggedFor(request.id()))
        .isEqualTo(way.outcome() == Outcome.OWN ? request.requestId() : "none");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noHeaders_nothingIsLogged(Way way) {
    InboundHeaders request = InboundHeaders.next();

    call(way, request, Map.of());

    assertThat(loggedFor(request.id())).isEqualTo("none");
  }

  @Test
  void scheduledMethod_logsNone() throws Exception {
    downstream.await("scheduled");

    assertThat(application.output().lines().filter(line -> line.endsWith("|calls scheduled")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("none|"));
  }

  private void call(Way way, InboundHeaders request, Map<String, String> headers) {
    application.get("/" + way.name() + "/rest-client?id=" + request.id(), headers).join();
  }

  /** Returns what was in the logging context of the call. */
  private String loggedFor(String id) {
    return application
        .output()
        .lines()
        .filter(line -> line.endsWith("|calls " + id))
        .map(line -> line.substring(0, line.indexOf('|')))
        .findFirst()
        .orElseThrow();
  }
}
