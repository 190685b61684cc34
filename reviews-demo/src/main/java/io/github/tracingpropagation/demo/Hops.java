// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
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
    Deque<ServedRequest> intoReviews,
    Deque<ServedRequest> outOfReviews,
    Deque<ServedRequest> intoRatings) {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();
  private static final int WIDTH = 25;
  private static final int NAME_WIDTH = 18;

  Hops() {
    this(
        new ConcurrentLinkedDeque<>(),
        new ConcurrentLinkedDeque<>(),
        new ConcurrentLinkedDeque<>());
  }

  private Stream<Deque<ServedRequest>> all() {
    return Stream.of(intoReviews, outOfReviews, intoRatings);
  }

  /** Returns whether so many requests have passed every hop. */
  boolean have(int requests) {
    return all().allMatch(hop -> hop.size() >= requests);
  }

  /**
   * Returns how many spans of the requests so far there must be: the gateway reports two for each
   * request, each other proxy one.
   */
  long spans() {
    return 3 * sampled(intoReviews) + 2 * sampled(intoRatings);
  }

  private static long sampled(Collection<ServedRequest> requests) {
    return requests.stream().filter(it -> it.header("x-b3-sampled", "0").equals("1")).count();
  }

  /** Returns the number of requests that had the same ids when they arrived at both services. */
  int continued(Tracer tracer) {
    Set<String> ids = ids(tracer, intoReviews);
    ids.retainAll(ids(tracer, intoRatings));
    return ids.size();
  }

  private static Set<String> ids(Tracer tracer, Collection<ServedRequest> requests) {
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
    List<Map<String, List<String>>> columns = all().map(Hops::tracing).toList();
    Set<String> names =
        columns.stream().flatMap(it -> it.keySet().stream()).collect(toCollection(TreeSet::new));
    int longest = names.stream().mapToInt(String::length).max().orElse(0);
    String row =
        "  %%-%ds%%-%ds  %%-%ds  %%s".formatted(Math.max(NAME_WIDTH, longest + 1), WIDTH, WIDTH);
    terminal.faint(row.formatted("", "into reviews", "out of reviews", "into ratings"));
    for (String name : names) {
      Stream<String> values = columns.stream().map(column -> shown(column.get(name)));
      terminal.line(row.formatted(Stream.concat(Stream.of(name), values).toArray()));
    }
  }

  /** Returns the tracing headers of the last request. */
  private static Map<String, List<String>> tracing(Deque<ServedRequest> hop) {
    ServedRequest last = hop.peekLast();
    Map<String, List<String>> headers = new TreeMap<>(last == null ? Map.of() : last.headers());
    headers.keySet().retainAll(TRACING);
    return headers;
  }

  /** Returns the value, shortened in the middle since ids differ at both ends. */
  private static String shown(@Nullable List<String> values) {
    String text = values == null ? "-" : ServedRequest.printable(String.join(" + ", values));
    int half = (WIDTH - 3) / 2;
    return text.length() <= WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
