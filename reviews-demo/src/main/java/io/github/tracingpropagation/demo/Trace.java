// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A trace. Threads may share it.
 *
 * @param spans at least one, in Zipkin's order
 */
record Trace(List<Span> spans) {
  /**
   * A span in Zipkin's JSON. As Istio configures it, client and server have a span id each.
   *
   * @param timestamp microseconds since the epoch
   * @param duration microseconds
   */
  record Span(
      String traceId,
      String id,
      @Nullable String parentId,
      @Nullable String kind,
      long timestamp,
      long duration,
      @Nullable Endpoint localEndpoint,
      @Nullable Map<String, String> tags) {
    /** Returns the reporting service's name, or {@code ?}. */
    String service() {
      String name = localEndpoint == null ? null : localEndpoint.serviceName();
      return name == null ? "?" : name;
    }

    /** Returns microseconds since the epoch. */
    long end() {
      return timestamp + duration;
    }
  }

  /** A service that reports spans. */
  record Endpoint(@Nullable String serviceName) {}

  /**
   * A span in the tree.
   *
   * @param depth number of spans above it
   */
  record Node(Span span, int depth) {}

  /** Returns the trace's id. */
  String id() {
    return spans.get(0).traceId();
  }

  /** Returns whether every service has a span, and all spans are in one tree with one root. */
  boolean isWhole(Collection<String> services) {
    return services().containsAll(services)
        && spans.stream().filter(span -> span.parentId() == null).count() == 1
        && tree().size() == spans.size();
  }

  /** Returns whether a span has this tag. */
  boolean hasTag(String name, String value) {
    return spans.stream()
        .anyMatch(span -> span.tags() != null && value.equals(span.tags().get(name)));
  }

  /** Returns the services that have a span. */
  Set<String> services() {
    return spans.stream().map(Span::service).collect(toSet());
  }

  /** Returns the spans that a root leads to, each before its children. */
  List<Node> tree() {
    List<Node> nodes = new ArrayList<>();
    addChildren(null, 0, nodes);
    return nodes;
  }

  private void addChildren(@Nullable String parent, int depth, List<Node> nodes) {
    if (depth == spans.size()) {
      return; // a cycle: no tree is as deep
    }
    spans.stream()
        .filter(span -> Objects.equals(span.parentId(), parent))
        .sorted(comparing(Span::timestamp))
        .forEach(
            span -> {
              nodes.add(new Node(span, depth));
              addChildren(span.id(), depth + 1, nodes);
            });
  }
}
