// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The propagator that the SDK creates from its configuration. */
class RequestIdPropagatorTest {
  private static final String ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";
  private static final List<String> REQUEST =
      List.of(
          ID,
          "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7",
          "x-b3-spanid: e457b5a2e4d86bd1",
          "x-b3-parentspanid: 05e3ac9a4f6e3b90",
          "x-b3-sampled: 1",
          "x-datadog-origin: rum");

  @Test
  void rule1_onlyTheRequestId_isForwarded() {
    TextMapPropagator propagator = propagators("x-request-id");

    assertThat(propagator.fields()).containsExactly("x-request-id");
    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, REQUEST)))
        .containsExactly(ID);
  }

  @Test
  void rule4_nothingIn_nothingOut() {
    TextMapPropagator propagator = propagators("x-request-id");

    assertThat(HeaderLines.inject(propagator, Context.root())).isEmpty();
    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, List.of())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"b3multi,x-request-id", "x-request-id,b3multi"})
  void rule7_withAnotherPropagator_oneFamilyAndTheRequestIdAreForwarded(String names) {
    TextMapPropagator propagator = propagators(names);

    // Without the parent id: all B3 headers are the SDK's, none is a captured one.
    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, REQUEST)))
        .containsExactlyInAnyOrder(
            ID,
            "X-B3-TraceId: 80f198ee56343ba864fe8b2a57d3eff7",
            "X-B3-SpanId: e457b5a2e4d86bd1",
            "X-B3-Sampled: 1");
  }

  @Test
  void rule8_destinationsNameHosts_nothingIsForwarded() {
    TextMapPropagator propagator =
        propagators("x-request-id", Map.of("tracing.propagation.forward-to", "in-mesh"));

    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, REQUEST))).isEmpty();
  }

  @Test
  void rule10_extractAfterAnAdapter_keepsAllHeaders() {
    Context filtered = HeaderLines.extract(TracingPropagation.create(), REQUEST);

    Context traced = HeaderLines.extract(propagators("b3multi,x-request-id"), filtered, REQUEST);

    assertThat(CapturedHeaders.from(traced)).isEqualTo(CapturedHeaders.from(filtered));
  }

  @Test
  void rule10_laterRequest_replacesAnOlderSnapshot() {
    TextMapPropagator propagator = propagators("x-request-id");
    Context leaked = HeaderLines.extract(TracingPropagation.create(), REQUEST);

    Context retry = HeaderLines.extract(propagator, leaked, List.of(ID, "x-b3-sampled: 0"));
    Context none = HeaderLines.extract(propagator, leaked, List.of());

    assertThat(CapturedHeaders.from(retry)).isEqualTo(HeaderLines.captured(ID, "x-b3-sampled: 0"));
    assertThat(CapturedHeaders.from(none).isEmpty()).isTrue();
  }

  @Test
  void settings_areReadFromTheSdk() {
    TextMapPropagator propagator =
        propagators(
            "x-request-id",
            Map.of(
                "tracing.propagation.additional-headers", "end-user",
                "tracing.propagation.max-value-length", "5"));

    Context context = HeaderLines.extract(propagator, List.of(ID, "end-user: jason"));

    assertThat(CapturedHeaders.from(context)).hasToString("CapturedHeaders[end-user]");
  }

  /** So Spring has a list of YAML. Were it ignored, the default would forward to any host. */
  @Test
  void rule8_listOfHosts_isReadFromTheSdk() {
    TextMapPropagator propagator =
        propagators(
            "x-request-id",
            Map.of(
                "tracing.propagation.forward-to[0]", "in-mesh",
                "tracing.propagation.forward-to[1]", "*.example.com",
                "tracing.propagation.additional-headers[0]", "end-user"));

    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, REQUEST))).isEmpty();
    assertThat(propagator)
        .asString()
        .contains("additional-headers=[end-user] (OpenTelemetry's configuration)")
        .contains("forward-to=(inMesh() or hosts(*.example.com)) (OpenTelemetry's configuration)")
        .contains("max-value-length=4096 (default)");
  }

  @Test
  void rule12_invalidSetting_throws() {
    assertThatThrownBy(
            () -> propagators("x-request-id", Map.of("tracing.propagation.providers", "zip")))
        .hasStackTraceContaining("tracing.propagation.providers=zip")
        .hasStackTraceContaining("allowed: all, none, or some of zipkin");
  }

  private static TextMapPropagator propagators(String names) {
    return propagators(names, Map.of());
  }

  private static TextMapPropagator propagators(String names, Map<String, String> settings) {
    Map<String, String> properties = new HashMap<>(settings);
    properties.put("otel.propagators", names);
    for (String signal : List.of("traces", "metrics", "logs")) {
      properties.put("otel." + signal + ".exporter", "none");
    }
    try (OpenTelemetrySdk sdk =
        AutoConfiguredOpenTelemetrySdk.builder()
            .addPropertiesCustomizer(config -> properties)
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk()) {
      return sdk.getPropagators().getTextMapPropagator();
    }
  }
}
