// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which traces are whole, and how their tree is ordered. */
final class TraceTest {
  private static final List<String> SERVICES = List.of("ingress", "reviews", "ratings");

  private final ZipkinSpan root = span("a", null, "ingress", false, 1);
  private final ZipkinSpan rootAtReviews = span("a", null, "reviews", true, 2);
  private final ZipkinSpan call = span("b", "a", "reviews", false, 3);
  private final ZipkinSpan callAtRatings = span("b", "a", "ratings", true, 4);

  @Test
  void everyServiceUnderOneRoot_isWhole() {
    assertThat(trace(root, rootAtReviews, call, callAtRatings).isWhole(SERVICES)).isTrue();
  }

  @Test
  void missingService_isNotWhole() {
    assertThat(trace(root, rootAtReviews).isWhole(SERVICES)).isFalse();
    assertThat(trace(root, rootAtReviews, call).isWhole(SERVICES)).isFalse();
  }

  @Test
  void secondRoot_isNotWhole() {
    ZipkinSpan other = span("b", null, "ratings", false, 4);

    assertThat(trace(root, rootAtReviews, other).isWhole(SERVICES)).isFalse();
  }

  @Test
  void missingParent_isNotWhole() {
    assertThat(trace(root, rootAtReviews, span("b", "x", "ratings", false, 3)).isWhole(SERVICES))
        .isFalse();
    assertThat(trace(call, callAtRatings).isWhole(List.of("reviews"))).isFalse();
  }

  @Test
  void tree_hasParentsBeforeChildren() {
    ZipkinSpan late = span("c", "a", "reviews", false, 9);

    assertThat(trace(late, callAtRatings, call, rootAtReviews, root).tree())
        .containsExactly(
            new Trace.Node(root, 0),
            new Trace.Node(rootAtReviews, 1),
            new Trace.Node(call, 2),
            new Trace.Node(callAtRatings, 3),
            new Trace.Node(late, 2));
  }

  @Test
  void cycle_terminates() {
    assertThat(trace(root, span("a", "a", "reviews", false, 2)).tree()).hasSize(2);
  }

  private static Trace trace(ZipkinSpan... spans) {
    return new Trace(Arrays.asList(spans));
  }

  private static ZipkinSpan span(
      String id, @Nullable String parent, String service, boolean shared, long timestamp) {
    return new ZipkinSpan(
        "1",
        id,
        parent,
        "CLIENT",
        timestamp,
        1,
        new ZipkinSpan.Endpoint(service),
        Map.of(),
        shared);
  }
}
