// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EachRuleTest {
  @ParameterizedTest
  @EnumSource
  void rule_hasAServiceThatBreaksItAlone(Rule rule) {
    assertThat(
            Stream.of(BrokenServicesTest.class, LoadedServicesTest.class)
                .flatMap(test -> Stream.of(test.getDeclaredMethods()))
                .map(method -> method.getAnnotation(Breaks.class))
                .filter(Objects::nonNull)
                .map(Breaks::value))
        .contains(rule);
  }
}
