// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.demo.bookinfo.AccessLog;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of one request at each hop.
 *
 * @param intoReviews what reviews received from its sidecar
 * @param outOfReviews what reviews sent to its sidecar
 * @param intoRatings what ratings received from its sidecar
 */
record Hops(ServedRequest intoReviews, ServedRequest outOfReviews, ServedRequest intoRatings) {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();
  private static final int WIDTH = 25;
  private static final int NAME_WIDTH = 18;

  /**
   * Returns whether reviews forwarded each of these headers that it received, unchanged, and sent
   * no other tracing header.
   */
  boolean areForwarded(Collection<String> names) {
    Map<String, List<String>> expected = tracing(intoReviews);
    expected.keySet().retainAll(names);
    return tracing(outOfReviews).equals(expected);
  }

  /** Prints a table: a row for each header, a column for each hop. */
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

  private static Map<String, List<String>> tracing(ServedRequest request) {
    Map<String, List<String>> headers = new TreeMap<>(request.headers());
    headers.keySet().retainAll(TRACING);
    return headers;
  }

  /** Returns the value, shortened in the middle since ids differ at both ends. */
  private static String shown(ServedRequest request, String name) {
    List<String> values = request.headers().get(name);
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
