// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which traces are whole, and how their tree is ordered. */
final class TraceTest {
  private static final List<String> SERVICES = List.of("ingress", "reviews", "ratings");

  private final Trace.Span root = span("a", null, "ingress", 1);
  private final Trace.Span reviews = span("b", "a", "reviews", 2);
  private final Trace.Span call = span("c", "b", "reviews", 3);
  private final Trace.Span ratings = span("d", "c", "ratings", 4);

  @Test
  void everyServiceUnderOneRoot_isWhole() {
    assertThat(trace(root, reviews, call, ratings).isWhole(SERVICES)).isTrue();
  }

  @Test
  void missingService_isNotWhole() {
    assertThat(trace(root, reviews).isWhole(SERVICES)).isFalse();
    assertThat(trace(root, reviews, call).isWhole(SERVICES)).isFalse();
  }

  @Test
  void secondRoot_isNotWhole() {
    Trace.Span other = span("d", null, "ratings", 4);

    assertThat(trace(root, reviews, call, other).isWhole(SERVICES)).isFalse();
  }

  @Test
  void missingParent_isNotWhole() {
    assertThat(trace(root, reviews, span("d", "x", "ratings", 3)).isWhole(SERVICES)).isFalse();
    assertThat(trace(call, ratings).isWhole(List.of("reviews"))).isFalse();
  }

  @Test
  void tree_hasParentsBeforeChildren() {
    Trace.Span late = span("e", "b", "reviews", 9);

    assertThat(trace(late, ratings, call, reviews, root).tree())
        .containsExactly(
            new Trace.Node(root, 0),
            new Trace.Node(reviews, 1),
            new Trace.Node(call, 2),
            new Trace.Node(ratings, 3),
            new Trace.Node(late, 2));
  }

  @Test
  void cycle_terminates() {
    assertThat(trace(root, span("a", "a", "reviews", 2)).tree()).hasSize(2);
  }

  private static Trace trace(Trace.Span... spans) {
    return new Trace(Arrays.asList(spans));
  }

  private static Trace.Span span(
      String id, @Nullable String parent, String service, long timestamp) {
    return new Trace.Span(
        "1", id, parent, "CLIENT", timestamp, 1, new Trace.Endpoint(service), Map.of());
  }
}
