// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The story's verdict can be bad. */
final class PassageTest {
  private static final Map<String, List<String>> ID = Map.of("x-request-id", List.of("a"));

  private final Scenario scenario = new Scenario("test", Map.of("x-request-id", "a"));

  @Test
  void header_thatArrived_isUnchanged() {
    assertThat(passage(200, ID).isUnchanged()).isTrue();
  }

  @Test
  void header_thatIsLost_isNot() {
    assertThat(passage(200, Map.of()).isUnchanged()).isFalse();
  }

  @Test
  void header_thatIsRewritten_isNot() {
    assertThat(passage(200, Map.of("x-request-id", List.of("A"))).isUnchanged()).isFalse();
  }

  @Test
  void header_thatIsDoubled_isNot() {
    assertThat(passage(200, Map.of("x-request-id", List.of("a", "a"))).isUnchanged()).isFalse();
  }

  @Test
  void header_thatIsInvented_isNot() {
    Map<String, List<String>> invented =
        Map.of("x-request-id", List.of("a"), "x-b3-sampled", List.of("0"));

    assertThat(passage(200, invented).isUnchanged()).isFalse();
  }

  @Test
  void header_thatIsNotForTracing_doesNotMatter() {
    Map<String, List<String>> usual =
        Map.of("x-request-id", List.of("a"), "user-agent", List.of("okhttp"));

    assertThat(passage(200, usual).isUnchanged()).isTrue();
  }

  @Test
  void request_thatFailed_isNot() {
    assertThat(passage(500, ID).isUnchanged()).isFalse();
  }

  private Passage passage(int status, Map<String, List<String>> atRatings) {
    return new Passage(
        scenario,
        new ServedRequest("GET", "/reviews/0", 200, ID),
        new ServedRequest("GET", "/ratings/0", status, atRatings));
  }
}
