// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which settings are valid, and which headers they watch. */
class TracingPropagationBuilderTest {

  @Test
  void rule3_everyProvider_isTheDefault() {
    assertThat(TracingPropagation.create().fields())
        .containsExactlyInAnyOrderElementsOf(
            TracingPropagation.builder().providers(TracingProvider.values()).build().fields())
        .contains("x-request-id", "b3", "sw8", "x-amzn-trace-id")
        .doesNotContain("baggage");
  }

  @Test
  void rule7_familiesOfAnAgent_areExcludedUnlessProvidersAreSet() {
    Agents agents = new Agents(List.of("Datadog"), TracingProvider.DATADOG.families());
    TracingPropagationBuilder builder = TracingPropagation.builder();

    assertThat(builder.build(() -> agents).fields())
        .contains("x-request-id", "b3")
        .doesNotContainAnyElementsOf(TracingProvider.DATADOG.headers());
    assertThat(builder.build(() -> agents))
        .asString()
        .contains("providers=all (default) without [x-datadog-trace-id, ")
        .contains(", which the agent of Datadog writes, ");
    assertThat(builder.providers(TracingProvider.values()).build(() -> agents).fields())
        .containsAll(TracingProvider.DATADOG.headers());
  }

  @Test
  void rule3_memberOfAFamily_addsTheFamily() {
    TracingPropagation propagation =
        TracingPropagation.builder().providers().additionalHeaders("x-b3-sampled").build();

    assertThat(propagation.fields()).contains("b3", "x-b3-traceid", "x-b3-flags");
  }

  @ParameterizedTest
  @ValueSource(strings = {"authorization", "Cookie", "JWT"})
  void rule3_credentialsWithoutNamedHosts_throw(String name) {
    TracingPropagationBuilder builder = TracingPropagation.builder().additionalHeaders(name);

    assertThatThrownBy(builder::build)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name.toLowerCase(Locale.ROOT))
        .hasMessageContaining("Destinations.hosts");
    assertThatThrownBy(() -> builder.forwardTo(Destinations.inMesh()).build())
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(builder.forwardTo(Destinations.hosts("ratings")).build().fields())
        .contains(name.toLowerCase(Locale.ROOT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "x request", "x:y", "caf\u00e9", "host", "Content-Length", "te"})
  void additionalHeaders_invalidOrPerMessage_throw(String name) {
    assertThatThrownBy(() -> TracingPropagation.builder().additionalHeaders(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("additionalHeaders: \"" + name + "\"")
        .hasMessageContaining("allowed: ");
  }

  @Test
  void additionalHeaders_moreThan41_throw() {
    String[] names = IntStream.range(0, 42).mapToObj(i -> "x-own-" + i).toArray(String[]::new);
    TracingPropagationBuilder builder = TracingPropagation.builder();

    assertThatThrownBy(() -> builder.additionalHeaders(names))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("additionalHeaders: 42 names; allowed: at most 41");
    assertThat(builder.build().fields()).doesNotContain("x-own-0");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 65_537})
  void maxValueLength_outOfRange_throws(int chars) {
    assertThatThrownBy(() -> TracingPropagation.builder().maxValueLength(chars))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxValueLength: " + chars + " chars; allowed: 1 to 65536");
  }
}
