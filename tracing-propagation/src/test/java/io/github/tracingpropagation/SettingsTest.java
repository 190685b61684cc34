// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Settings.Source;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.testing.HeaderLines;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final String PROVIDERS = "tracing.propagation.providers";

  @Test
  void noSetting_isTheDefault() {
    assertThat(read(Map.of(), Map.of(), Map.of()))
        .hasToString(TracingPropagation.create().toString());
  }

  @Test
  void sources_areReadInOrderOfPrecedence() {
    Map<String, String> first = Map.of(PROVIDERS, "zipkin");
    Map<String, String> properties = Map.of(PROVIDERS, "datadog");
    Map<String, String> variables = Map.of("TRACING_PROPAGATION_PROVIDERS", "skywalking");

    assertThat(read(first, properties, variables).fields()).contains("b3").doesNotContain("sw8");
    assertThat(read(Map.of(), properties, variables).fields())
        .contains("x-datadog-trace-id")
        .doesNotContain("sw8");
    assertThat(read(Map.of(), Map.of(), variables).fields()).contains("sw8").hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "any, any()",
    "ANY, any()",
    "in-mesh, inMesh()",
    "IN-MESH, inMesh()",
    "In-Mesh, inMesh()"
  })
  void forwardToKeyword_isAcceptedInAnyCase(String value, String expected) {
    assertThat(read(Map.of("tracing.propagation.forward-to", value), Map.of(), Map.of()))
        .asString()
        .contains("forward-to=" + expected + " (first)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "None"})
  void providersNone_watchesTheRequestIdAndAdditionalHeaders(String value) {
    Map<String, String> settings =
        Map.of(PROVIDERS, value, "tracing.propagation.additional-headers", "end-user");

    assertThat(read(settings, Map.of(), Map.of()).fields())
        .containsExactly("x-request-id", "end-user");
  }

  @Test
  void providersAll_isEveryProvider() {
    assertThat(read(Map.of(PROVIDERS, "ALL"), Map.of(), Map.of()).fields())
        .isEqualTo(TracingPropagation.create().fields());
  }

  @Test
  void blank_countsAsAbsent() {
    assertThat(
            read(
                    Map.of(PROVIDERS, " "),
                    Map.of(PROVIDERS, ""),
                    Map.of("TRACING_PROPAGATION_PROVIDERS", "xray"))
                .fields())
        .containsExactly("x-request-id", "x-amzn-trace-id");
  }

  @Test
  void everySetting_isRead() {
    TracingPropagation propagation =
        read(
            Map.of(),
            Map.of(),
            Map.of(
                "TRACING_PROPAGATION_PROVIDERS", " Zipkin , XRAY,zipkin",
                "TRACING_PROPAGATION_ADDITIONAL_HEADERS", "End-User",
                "TRACING_PROPAGATION_FORWARD_TO", "ratings, In-Mesh, *.example.com",
                "TRACING_PROPAGATION_MAX_VALUE_LENGTH", " 3 "));

    assertThat(propagation)
        .asString()
        .contains("providers=[ZIPKIN, XRAY] (environment variable)")
        .contains("additional-headers=[end-user] (environment variable)")
        .contains("forward-to=(inMesh() or hosts(ratings, *.example.com)) (environment variable)")
        .contains("max-value-length=3 (environment variable)");
    assertThat(propagation.fields()).contains("b3", "x-amzn-trace-id", "end-user");
    assertThat(
            HeaderLines.inject(
                TracingPropagation.create(),
                HeaderLines.extract(propagation, List.of("x-request-id: abcd", "b3: 1"))))
        .containsExactly("b3: 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "providers|zipkn|\"zipkn\" is not a provider; allowed: all, none, or some of zipkin, jaeger",
        "providers|zipkin,|\"\" is not a provider; allowed: all, none, or some of zipkin",
        "providers|zipkin,NONE|\"none\" cannot be combined with others; allowed: none alone",
        "providers|all,none|\"none\" cannot be combined with others; allowed: none alone",
        "forward-to|any,ratings|\"any\" cannot be combined with others; allowed: any alone",
        "forward-to|ratings,Any|\"any\" cannot be combined with others; allowed: any alone",
        "additional-headers|a b|\"a b\" is not a header name; allowed: ASCII letters",
        "additional-headers|a,,b|\"\" is not a header name; allowed: ASCII letters",
        "additional-headers|host|\"host\" belongs to one message or connection; allowed: any",
        "forward-to|http://ratings|\"http://ratings\" is not a host; allowed: a host name",
        "max-value-length|many|\"many\" is not a whole number; allowed: ",
        "max-value-length|0|0 chars; allowed: 1 to 65536"
      })
  void invalidSetting_messageContainsKeyValueAndWhatIsAllowed(
      String name, String value, String problem) {
    String property = "tracing.propagation." + name;
    String variable = "TRACING_PROPAGATION_" + name.toUpperCase(Locale.ROOT).replace('-', '_');

    assertThatThrownBy(() -> read(Map.of(), Map.of(property, value), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(property + "=" + value + ": ")
        .hasMessageContaining(problem);
    assertThatThrownBy(() -> read(Map.of(), Map.of(), Map.of(variable, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(variable + "=" + value + ": ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource({
    ",tracing.propagation.additional-headers=JWT",
    "in-mesh,tracing.propagation.forward-to=in-mesh"
  })
  void credentialsWithoutNamedHosts_messageContainsTheSetting(
      @Nullable String forwardTo, String setting) {
    Map<String, String> properties = new HashMap<>();
    properties.put("tracing.propagation.additional-headers", "JWT");
    properties.put("tracing.propagation.forward-to", forwardTo);

    assertThatThrownBy(() -> read(Map.of(), properties, Map.of()))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "%s: \"jwt\" carries credentials: set tracing.propagation.forward-to to hosts by name,"
                + " such as ratings,*.internal.example.com; any and in-mesh are not enough",
            setting);
  }

  @Test
  void invalidSetting_carriesItsParts() {
    Map<String, String> properties = Map.of("tracing.propagation.forward-to", "ratings, a b");

    assertThatThrownBy(() -> read(Map.of(), properties, Map.of()))
        .isInstanceOfSatisfying(
            InvalidSettingException.class,
            e -> {
              assertThat(e.key()).isEqualTo("tracing.propagation.forward-to");
              assertThat(e.value()).isEqualTo("a b");
              assertThat(e.reason()).startsWith("\"a b\" is not a host; allowed: ");
              assertThat(e).hasMessage(e.key() + "=ratings, a b: " + e.reason());
            });
  }

  @Test
  void fromEnvironment_readsSystemProperties() {
    System.setProperty(PROVIDERS, "lightstep");
    try {
      assertThat(TracingPropagation.fromEnvironment().fields())
          .containsExactly("x-request-id", "x-ot-span-context");
    } finally {
      System.clearProperty(PROVIDERS);
    }
  }

  private static TracingPropagation read(
      Map<String, String> first, Map<String, String> properties, Map<String, String> variables) {
    return new Settings(
            List.of(
                Source.ofProperties("first", first::get),
                Source.ofProperties("property", properties::get),
                Source.ofVariables(variables::get)))
        .propagation();
  }
}
