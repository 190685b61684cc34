// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** {@code x-request-id} in the log on each thread that forwards, on request. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class LoggingTest {
  private static final String PATTERN = "logging.pattern.console=%X{x-request-id:-none}|%m%n";

  private Recorder downstream;
  private LocalApplication application;

  @BeforeAll
  void startApplication() throws Exception {
    downstream = new Recorder();
    application =
        LocalApplication.start(
            List.of(Application.class),
            WebApplicationType.SERVLET,
            downstream.uri(),
            List.of("tracing.propagation.mdc=true", PATTERN));
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
  void requestId_isInTheLogWhereItIsForwarded(Way way, CapturedOutput output) {
    InboundHeaders request = InboundHeaders.next();

    call(way, request, request.all());

    assertThat(loggedFor(request.id(), output))
        .isEqualTo(way.outcome() == Outcome.OWN ? request.requestId() : "none");
  }

  @ParameterizedTest
  @MethodSource("ways")
  void noHeaders_nothingIsLogged(Way way, CapturedOutput output) {
    InboundHeaders request = InboundHeaders.next();

    call(way, request, Map.of());

    assertThat(loggedFor(request.id(), output)).isEqualTo("none");
  }

  @Test
  void scheduledMethod_logsNone(CapturedOutput output) throws Exception {
    downstream.take("scheduled");
    downstream.await("scheduled"); // its line may be in the output of the test before
    downstream.await("scheduled");

    assertThat(output.getOut().lines().filter(line -> line.endsWith("|calls scheduled")))
        .isNotEmpty()
        .allMatch(line -> line.startsWith("none|"));
  }

  private void call(Way way, InboundHeaders request, Map<String, String> headers) {
    application.get("/" + way.name() + "/rest-client?id=" + request.id(), headers).join();
  }

  /** Returns what was in the logging context of the call. */
  private static String loggedFor(String id, CapturedOutput output) {
    return output
        .getOut()
        .lines()
        .filter(line -> line.endsWith("|calls " + id))
        .map(line -> line.substring(0, line.indexOf('|')))
        .findFirst()
        .orElseThrow();
  }
}
