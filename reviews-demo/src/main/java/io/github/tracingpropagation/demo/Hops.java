// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests at each hop, in the order of their arrival. Threads may share it.
 *
 * @param intoReviews what reviews received from its sidecar
 * @param outOfReviews what reviews sent to its sidecar
 * @param intoRatings what ratings received from its sidecar
 */
record Hops(
    Deque<RequestHeaders> intoReviews,
    Deque<RequestHeaders> outOfReviews,
    Deque<RequestHeaders> intoRatings) {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();
  private static final String ROW = "  %-20s%-25s  %-25s  %s";
  private static final int VALUE_WIDTH = 25;

  /** More than a step has; then the mesh may serve without end. */
  private static final int CAPACITY = 20_000;

  Hops() {
    this(
        new LinkedBlockingDeque<>(CAPACITY),
        new LinkedBlockingDeque<>(CAPACITY),
        new LinkedBlockingDeque<>(CAPACITY));
  }

  /**
   * Returns how many spans of the requests so far there must be: the gateway reports two for each
   * request, each other proxy one.
   */
  long spans() {
    return 3 * sampled(intoReviews) + 2 * sampled(intoRatings);
  }

  private static long sampled(Collection<RequestHeaders> requests) {
    return requests.stream().filter(it -> it.get("x-b3-sampled", "0").equals("1")).count();
  }

  /** Returns the number of requests that had the same ids when they arrived at both services. */
  int continued(Tracer tracer) {
    Set<String> ids = ids(tracer, intoReviews);
    ids.retainAll(ids(tracer, intoRatings));
    return ids.size();
  }

  private static Set<String> ids(Tracer tracer, Collection<RequestHeaders> requests) {
    return requests.stream().map(tracer::ids).filter(Objects::nonNull).collect(toSet());
  }

  /** Returns the trace id of the last request. */
  String lastTrace() {
    return String.join("", tracing(intoReviews).getOrDefault("x-b3-traceid", List.of("-")));
  }

  /**
   * Returns whether reviews forwarded each of these headers of the last request, unchanged, and
   * sent no other tracing header.
   */
  boolean areForwarded(Collection<String> names) {
    Map<String, List<String>> expected = tracing(intoReviews);
    expected.keySet().retainAll(names);
    return tracing(outOfReviews).equals(expected);
  }

  /** Prints a table of the last request: a row for each header, a column for each hop. */
  void print(Terminal terminal) {
    List<Map<String, List<String>>> columns =
        Stream.of(intoReviews, outOfReviews, intoRatings).map(Hops::tracing).toList();
    Set<String> names =
        columns.stream().flatMap(it -> it.keySet().stream()).collect(toCollection(TreeSet::new));
    terminal.faint(ROW.formatted("", "into reviews", "out of reviews", "into ratings"));
    for (String name : names) {
      Stream<String> values = columns.stream().map(column -> shown(column.get(name)));
      terminal.line(ROW.formatted(Stream.concat(Stream.of(name + " "), values).toArray()));
    }
  }

  /** Returns the tracing headers of the last request: an empty one counts as absent. */
  private static Map<String, List<String>> tracing(Deque<RequestHeaders> hop) {
    Map<String, List<String>> headers = new TreeMap<>();
    RequestHeaders last = hop.peekLast();
    if (last != null) {
      TRACING.stream()
          .filter(it -> !last.get(it, "").isEmpty())
          .forEach(it -> headers.put(it, last.getAll(it)));
    }
    return headers;
  }

  /** Returns the value, shortened in the middle since ids differ at both ends. */
  private static String shown(@Nullable List<String> values) {
    String text = values == null ? "-" : Terminal.printable(String.join(" + ", values));
    int half = (VALUE_WIDTH - 3) / 2;
    return text.length() <= VALUE_WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
