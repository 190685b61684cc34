// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.stream.Collectors.toSet;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.AccessLog;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;

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

  /** Returns whether so many requests have passed every hop. */
  boolean have(int requests) {
    return Stream.of(intoReviews, outOfReviews, intoRatings)
        .allMatch(requestsOfHop -> requestsOfHop.size() >= requests);
  }

  /**
   * Returns the number of spans of the requests so far: the gateway reports two for each request,
   * each other proxy one.
   */
  long expectedSpans() {
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
    return last(intoReviews).header("x-b3-traceid", "-");
  }

  private static ServedRequest last(Deque<ServedRequest> requests) {
    return requests.isEmpty() ? new ServedRequest("-", "-", 0, Map.of()) : requests.getLast();
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
    Map<String, List<String>> all = tracing(intoReviews);
    all.putAll(tracing(outOfReviews));
    all.putAll(tracing(intoRatings));
    int longest = all.keySet().stream().mapToInt(String::length).max().orElse(0);
    String row =
        "  %%-%ds%%-%ds  %%-%ds  %%s".formatted(Math.max(NAME_WIDTH, longest + 1), WIDTH, WIDTH);
    terminal.faint(row.formatted("", "into reviews", "out of reviews", "into ratings"));
    for (String name : all.keySet()) {
      terminal.line(
          row.formatted(
              name, shown(intoReviews, name), shown(outOfReviews, name), shown(intoRatings, name)));
    }
  }

  private static Map<String, List<String>> tracing(Deque<ServedRequest> hop) {
    Map<String, List<String>> headers = new TreeMap<>(last(hop).headers());
    headers.keySet().retainAll(TRACING);
    return headers;
  }

  /** Returns the value, shortened in the middle since ids differ at both ends. */
  private static String shown(Deque<ServedRequest> hop, String name) {
    List<String> values = last(hop).headers().get(name);
    if (values == null) {
      return "-";
    }
    String text = AccessLog.printable(String.join(" + ", values));
    int half = (WIDTH - 3) / 2;
    return text.length() <= WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
