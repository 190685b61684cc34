// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which differences between received and sent headers fail the check. */
final class HopsTest {
  private static final List<String> NAMES = List.of("x-request-id", "x-b3-sampled");
  private static final Map<String, List<String>> ID = Map.of("x-request-id", List.of("a"));

  @Test
  void sameHeader_isForwarded() {
    assertThat(areForwarded(ID, ID)).isTrue();
  }

  @Test
  void lostHeader_isNotForwarded() {
    assertThat(areForwarded(ID, Map.of())).isFalse();
  }

  @Test
  void rewrittenHeader_isNotForwarded() {
    assertThat(areForwarded(ID, Map.of("x-request-id", List.of("A")))).isFalse();
  }

  @Test
  void repeatedHeader_isNotForwarded() {
    assertThat(areForwarded(ID, Map.of("x-request-id", List.of("a", "a")))).isFalse();
  }

  @Test
  void generatedHeader_isNotForwarded() {
    assertThat(areForwarded(ID, Map.of("x-request-id", List.of("a"), "x-b3-sampled", List.of("0"))))
        .isFalse();
  }

  @Test
  void headerOfAnotherProvider_mustNotBeSent() {
    Map<String, List<String>> both = Map.of("x-request-id", List.of("a"), "sw8", List.of("1-a"));

    assertThat(areForwarded(both, ID)).isTrue();
    assertThat(areForwarded(both, both)).isFalse();
  }

  @Test
  void otherHeader_isIgnored() {
    assertThat(
            areForwarded(ID, Map.of("x-request-id", List.of("a"), "user-agent", List.of("okhttp"))))
        .isTrue();
  }

  private static boolean areForwarded(
      Map<String, List<String>> intoReviews, Map<String, List<String>> outOfReviews) {
    Hops hops = new Hops();
    hops.intoReviews().add(request(intoReviews));
    hops.outOfReviews().add(request(outOfReviews));
    return hops.areForwarded(NAMES);
  }

  private static ServedRequest request(Map<String, List<String>> headers) {
    return new ServedRequest("GET", "/", 200, headers);
  }
}
