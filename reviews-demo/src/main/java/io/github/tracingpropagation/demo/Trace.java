// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The spans of one trace, at least one, in Zipkin's order. */
record Trace(List<ZipkinSpan> spans) {
  /** A span, or its server's half, and how many are above it. */
  record Node(ZipkinSpan span, int depth) {}

  String id() {
    return spans.get(0).traceId();
  }

  /** Whether every one of the services has a part in it, and all hang together under one root. */
  boolean isWhole(Collection<String> services) {
    return services().containsAll(services)
        && children(null).size() == 1
        && tree().size() == spans.size();
  }

  Set<String> services() {
    return spans.stream().map(ZipkinSpan::service).collect(toSet());
  }

  /** Returns those that are reachable from a root, each before those that it caused. */
  List<Node> tree() {
    List<Node> nodes = new ArrayList<>();
    addChildren(null, 0, nodes, new LinkedHashSet<>());
    return nodes;
  }

  private void addChildren(
      @Nullable String parent, int depth, List<Node> nodes, Set<String> visited) {
    for (String id : children(parent)) {
      if (visited.add(id)) {
        List<ZipkinSpan> halves = halves(id);
        for (int i = 0; i < halves.size(); i++) {
          nodes.add(new Node(halves.get(i), depth + i));
        }
        addChildren(id, depth + halves.size(), nodes, visited);
      }
    }
  }

  private Set<String> children(@Nullable String parent) {
    Set<String> ids = new LinkedHashSet<>();
    spans.stream()
        .filter(span -> Objects.equals(span.parentId(), parent))
        .sorted(comparing(ZipkinSpan::timestamp))
        .forEach(span -> ids.add(span.id()));
    return ids;
  }

  /** Returns the client's half before the server's. */
  private List<ZipkinSpan> halves(String id) {
    return spans.stream()
        .filter(span -> span.id().equals(id))
        .sorted(comparing(ZipkinSpan::shared))
        .toList();
  }
}
