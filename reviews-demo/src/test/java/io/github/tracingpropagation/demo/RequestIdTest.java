// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestIdTest {
  private static final String NOT_YET = "-8d5c-4e0a-b6a3-6a9d3a1f0c2b";

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void absent_isMadeWithoutADecision(String header) {
    assertThat(RequestId.of(header).value())
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
        .isNotEqualTo(RequestId.of(header).value());
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
  void firstDigits_decide(String digits, double percent, boolean sampled) {
    assertThat(RequestId.of(digits + NOT_YET).isSampled(percent)).isEqualTo(sampled);
  }

  @ParameterizedTest
  @ValueSource(chars = {'9', 'a', 'b'})
  void decision_holdsAtAnyRate(char status) {
    RequestId id = RequestId.of("ffffffff-8d5c-" + status + "e0a-b6a3-6a9d3a1f0c2b");

    assertThat(id.isSampled(0)).isTrue();
    assertThat(id.sampled()).isEqualTo(id);
  }

  @Test
  void sampled_isToldInOneCharacter() {
    assertThat(RequestId.of("00000063" + NOT_YET).sampled().value())
        .isEqualTo("00000063-8d5c-9e0a-b6a3-6a9d3a1f0c2b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"mine", "x", "zzzzzzzz-8d5c-4e0a-b6a3-6a9d3a1f0c2b"})
  void opaque_isNeverSampledByItsDigits(String id) {
    assertThat(RequestId.of(id).isSampled(100)).isFalse();
  }

  @Test
  void opaque_ofAnotherLengthIsNotWrittenTo() {
    assertThat(RequestId.of("00000001").isSampled(1)).isTrue();
    assertThat(RequestId.of("00000001").sampled().value()).isEqualTo("00000001");
  }

  @Test
  void made_areSampledAtTheRate() {
    long sampled =
        IntStream.range(0, 100_000).filter(i -> RequestId.of(null).isSampled(10)).count();

    // Ten standard deviations around 10,000.
    assertThat(sampled).isBetween(9_050L, 10_950L);
  }
}
