// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers of one request on its way.
 *
 * @param intoReviews what reviews got from the sidecar
 * @param outOfReviews what reviews sent to the sidecar
 * @param intoRatings what ratings got from theirs
 */
record Hops(ServedRequest intoReviews, ServedRequest outOfReviews, ServedRequest intoRatings) {
  private static final Collection<String> TRACING = TracingPropagation.create().fields();
  private static final int WIDTH = 25;
  private static final String ROW = "  %-18s%-" + WIDTH + "s  %-" + WIDTH + "s  %-" + WIDTH + "s";

  /** Whether reviews sent exactly those of these headers that they had got, and no other. */
  boolean areForwarded(Collection<String> names) {
    Map<String, List<String>> expected = tracing(intoReviews);
    expected.keySet().retainAll(names);
    return tracing(outOfReviews).equals(expected);
  }

  void print(Screen screen) {
    screen.faint(
        ROW.formatted("", "into reviews", "out of reviews", "into ratings").stripTrailing());
    Map<String, List<String>> all = tracing(intoReviews);
    all.putAll(tracing(outOfReviews));
    all.putAll(tracing(intoRatings));
    for (String name : all.keySet()) {
      screen.line(
          ROW.formatted(
                  name,
                  shown(intoReviews, name),
                  shown(outOfReviews, name),
                  shown(intoRatings, name))
              .stripTrailing());
    }
  }

  private static Map<String, List<String>> tracing(ServedRequest request) {
    Map<String, List<String>> headers = new TreeMap<>(request.headers());
    headers.keySet().retainAll(TRACING);
    return headers;
  }

  /** Shortens in the middle: most ids differ at both ends. */
  private static String shown(ServedRequest request, String name) {
    List<String> values = request.headers().get(name);
    if (values == null) {
      return "-";
    }
    String text = Text.printable(String.join(" + ", values));
    int half = (WIDTH - 3) / 2;
    return text.length() <= WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
