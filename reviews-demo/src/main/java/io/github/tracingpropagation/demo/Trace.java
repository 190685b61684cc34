// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zipkin2.Span;

/**
 * A trace, of at least one span. As Istio configures it, client and server have a span id each.
 * Threads may share it.
 */
record Trace(List<Span> spans) {
  /** A span in the tree, with the number of spans above it. */
  record Node(Span span, int depth) {}

  String id() {
    return spans.get(0).traceId();
  }

  /** Returns whether every service has a span, and all spans are in one tree with one root. */
  boolean isWhole(Collection<String> services) {
    return services().containsAll(services)
        && spans.stream().filter(span -> span.parentId() == null).count() == 1
        && tree().size() == spans.size();
  }

  Set<String> services() {
    return spans.stream().map(Span::localServiceName).collect(toSet());
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
        .sorted(comparing(Span::timestampAsLong))
        .forEach(
            span -> {
              nodes.add(new Node(span, depth));
              addChildren(span.id(), depth + 1, nodes);
            });
  }
}
