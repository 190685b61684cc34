// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @ParameterizedTest
  @EnumSource
  void rule_hasTheNumberOfItsContractRule(Rule rule) throws IOException {
    String contract = Files.readString(Path.of("../docs/contract.md"));

    assertThat(contract).contains("\n| " + rule.number() + " | ");
    assertThat(CheckResult.of(rule, List.of()).toString())
        .contains("rule %2d yes".formatted(rule.number()));
    assertThat(PropagationCase.of(rule))
        .allMatch(row -> row.name().startsWith("rule " + rule.number() + ": "));
  }
}
