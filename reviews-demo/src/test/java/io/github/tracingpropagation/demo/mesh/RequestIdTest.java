// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {
  private static final String NO_STATUS = "-8d5c-4e0a-b6a3-6a9d3a1f0c2b";

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void absent_isGeneratedWithoutStatus(String header) {
    assertThat(RequestId.fromHeader(header).value())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
        .isNotEqualTo(RequestId.fromHeader(header).value());
  }

  @ParameterizedTest
  @CsvSource({
    "00000063, 1, true", // 99
    "00000064, 1, false", // 100
    "00002773, 1, true", // 10,099
    "00000000, 0, false",
    "0000270f, 99.99, false", // 9,999
    "0000270f, 100, true",
    "00000000, 0.01, true",
    "00000001, 0.01, false",
    "ffffffff, 72.96, true", // 7,295
    "ffffffff, 72.95, false",
  })
  void sampling_followsTheFirstDigits(String digits, double percent, boolean sampled) {
    assertThat(RequestId.fromHeader(digits + NO_STATUS).isSampled(percent)).isEqualTo(sampled);
  }

  @ParameterizedTest
  @ValueSource(chars = {'9', 'a', 'b'})
  void tracedStatus_isSampledAtAnyRate(char status) {
    RequestId id = RequestId.fromHeader("ffffffff-8d5c-" + status + "e0a-b6a3-6a9d3a1f0c2b");

    assertThat(id.isSampled(0)).isTrue();
    assertThat(id.withSampledStatus()).isEqualTo(id);
  }

  @Test
  void withSampledStatus_changesOneCharacter() {
    assertThat(RequestId.fromHeader("00000063" + NO_STATUS).withSampledStatus().value())
        .isEqualTo("00000063-8d5c-9e0a-b6a3-6a9d3a1f0c2b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "x", "zzzzzzzz-8d5c-4e0a-b6a3-6a9d3a1f0c2b"})
  void opaque_isNeverSampled(String id) {
    assertThat(RequestId.fromHeader(id).isSampled(100)).isFalse();
  }

  @Test
  void opaque_ofAnotherLength_isNotChanged() {
    assertThat(RequestId.fromHeader("00000001").isSampled(1)).isTrue();
    assertThat(RequestId.fromHeader("00000001").withSampledStatus().value()).isEqualTo("00000001");
  }

  @Test
  void generated_areSampledAtTheRate() {
    long sampled =
        IntStream.range(0, 100_000).filter(i -> RequestId.fromHeader(null).isSampled(10)).count();

    // Ten standard deviations around 10,000.
    assertThat(sampled).isBetween(9_050L, 10_950L);
  }
}
