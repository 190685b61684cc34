// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import zipkin2.Endpoint;
import zipkin2.Span;

/** Which traces are whole, and how their tree is ordered. */
final class TraceTest {
  private static final List<String> SERVICES = List.of("ingress", "reviews", "ratings");

  private final Span root = span("a", null, "ingress", 1);
  private final Span reviews = span("b", "a", "reviews", 2);
  private final Span call = span("c", "b", "reviews", 3);
  private final Span ratings = span("d", "c", "ratings", 4);

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
    Span other = span("d", null, "ratings", 4);

    assertThat(trace(root, reviews, call, other).isWhole(SERVICES)).isFalse();
  }

  @Test
  void missingParent_isNotWhole() {
    assertThat(trace(root, reviews, span("d", "f", "ratings", 3)).isWhole(SERVICES)).isFalse();
    assertThat(trace(call, ratings).isWhole(List.of("reviews"))).isFalse();
  }

  @Test
  void tree_hasParentsBeforeChildren() {
    Span late = span("e", "b", "reviews", 9);

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
    assertThat(trace(root, reviews, span("a", "b", "reviews", 3)).tree()).hasSize(3);
  }

  private static Trace trace(Span... spans) {
    return new Trace(Arrays.asList(spans));
  }

  private static Span span(String id, @Nullable String parent, String service, long timestamp) {
    return Span.newBuilder()
        .traceId("1")
        .id(id)
        .parentId(parent)
        .timestamp(timestamp)
        .localEndpoint(Endpoint.newBuilder().serviceName(service).build())
        .build();
  }
}
