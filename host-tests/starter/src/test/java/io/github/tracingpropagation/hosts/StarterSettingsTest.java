// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.adapter.NewMessages;
import io.github.tracingpropagation.hosts.starter.mvc.Application;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Each form of the settings has its effect on what is forwarded. */
@Tag("no-tracer")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StarterSettingsTest {
  private Recorder downstream;

  @BeforeAll
  void startDownstream() throws Exception {
    downstream = new Recorder();
  }

  @AfterAll
  void stop() {
    downstream.close();
  }

  @Test
  void properties_areInForce() {
    try (LocalApplication application =
        start(
            "tracing.propagation.providers=datadog",
            "tracing.propagation.additional-headers=end-user,x-tenant")) {
      assertInForce(application);
    }
  }

  @Test
  void yamlLists_areInForce(@TempDir Path folder) throws Exception {
    Path yaml =
        Files.writeString(
            folder.resolve("settings.yaml"),
            """
            tracing:
              propagation:
                providers:
                  - datadog
                additional-headers:
                  - end-user
                  - x-tenant
            """);
    try (LocalApplication application =
        start("spring.config.additional-location=" + yaml.toUri())) {
      assertInForce(application);
    }
  }

  /** The documented spelling, and the one that Spring Boot calls canonical. */
  @Test
  void variables_areInForce() {
    Map<String, String> variables =
        Map.of(
            "TRACING_PROPAGATION_PROVIDERS",
            "datadog",
            "TRACING_PROPAGATION_ADDITIONAL_HEADERS",
            "end-user,x-tenant,too-long",
            "TRACING_PROPAGATION_MAXVALUELENGTH",
            "20");
    try (LocalApplication application = start(variables)) {
      assertInForce(application);
      application.get("/plain/rest-client?id=too-long", Map.of("too-long", "x".repeat(21))).join();
      assertThat(downstream.take("too-long").get(0)).doesNotContainKey("too-long");
    }
  }

  /** Spring Boot builds the request factories of both kinds in one place. */
  @ParameterizedTest
  @CsvSource({"rest-client, rest-template", "rest-template, rest-client"})
  void hostsAreNamed_kindThatIsSwitchedOff_forwardsNothing(String off, String on) {
    try (LocalApplication application =
        start(
            "tracing.propagation.forward-to=127.0.0.1",
            "tracing.propagation.beans." + off + "=false")) {
      assertThat(forwarded(application, off)).isFalse();
      assertThat(forwarded(application, on)).isTrue();
    }
  }

  private boolean forwarded(RunningApplication application, String client) {
    InboundHeaders request = InboundHeaders.next();
    application.get("/plain/" + client + "?id=" + request.id(), request.all()).join();
    return downstream.take(request.id()).get(0).containsKey("x-request-id");
  }

  private LocalApplication start(String... properties) {
    return LocalApplication.start(
        List.of(Application.class),
        WebApplicationType.SERVLET,
        downstream.uri(),
        List.of(properties));
  }

  private LocalApplication start(Map<String, String> variables) {
    return LocalApplication.start(Application.class, variables, downstream.uri(), List.of());
  }

  private void assertInForce(RunningApplication application) {
    InboundHeaders request = InboundHeaders.next();
    Map<String, String> headers = new TreeMap<>(request.all());
    headers.put("end-user", "jason");
    headers.put("x-tenant", "one");

    application.get("/plain/rest-client?id=" + request.id(), headers).join();

    headers.keySet().removeIf(name -> name.startsWith("x-b3") || name.equals("traceparent"));
    assertThat(downstream.take(request.id()).get(0))
        .containsAllEntriesOf(headers)
        .doesNotContainKeys("x-b3-traceid", "traceparent");
  }

  @Test
  @ExtendWith({OutputCaptureExtension.class, NewMessages.class})
  void byDefault_theLoggingContextHasNoRequestId(CapturedOutput output) {
    InboundHeaders request = InboundHeaders.next();
    try (LocalApplication application =
        start("logging.pattern.console=%X{x-request-id:-none}|%m%n")) {
      application.get("/async/rest-client?id=" + request.id(), request.all()).join();
    }
    assertThat(output.getAll()).contains("none|calls " + request.id());
  }

  @Test
  @ExtendWith({OutputCaptureExtension.class, NewMessages.class})
  void invalidVariable_stopsTheStart_andIsNamed(CapturedOutput output) {
    assertThatThrownBy(() -> start(Map.of("TRACING_PROPAGATION_FORWARD_TO", "http://ratings")))
        .isNotNull();

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START")
        .contains("Invalid value 'http://ratings'")
        .contains("for configuration property 'tracing.propagation.forward-to'")
        .contains("System Environment Property \"TRACING_PROPAGATION_FORWARD_TO\"")
        .contains("allowed:")
        .doesNotContain("\tat io.github");
  }

  @ParameterizedTest
  @CsvSource({"providers,zipkinn", "additional-headers,a b", "max-value-length,0"})
  @ExtendWith({OutputCaptureExtension.class, NewMessages.class})
  void invalidProperty_stopsTheStart_andIsNamed(
      String property, String value, CapturedOutput output) {
    assertThatThrownBy(() -> start("tracing.propagation." + property + "=" + value)).isNotNull();

    assertThat(output.getAll())
        .contains("APPLICATION FAILED TO START")
        .contains("Invalid value '" + value + "'")
        .contains("for configuration property 'tracing.propagation." + property + "'")
        .contains("from property source \"commandLineArgs\"")
        .contains("allowed:");
  }
}
