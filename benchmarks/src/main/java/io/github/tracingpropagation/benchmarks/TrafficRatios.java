// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What slices tell that follow each other: with and without the library, or twice the same. */
final class TrafficRatios {
  private final Map<Integer, List<Ratio>> pairs = new TreeMap<>();
  private final Map<Integer, List<Ratio>> noise = new TreeMap<>();

  /** Takes slices in the order of {@link Variant#turn}. */
  void add(int connections, Variant first, List<Slice> slices) {
    for (int i = 1; i < slices.size(); i++) {
      Slice slice = slices.get(i);
      Slice before = slices.get(i - 1);
      if (i % 2 == 0) {
        add(noise, connections, Ratio.of(slice, before));
      } else if (first.turn(i) == Variant.WITH) {
        add(pairs, connections, Ratio.of(slice, before));
      } else {
        add(pairs, connections, Ratio.of(before, slice));
      }
    }
  }

  private static void add(Map<Integer, List<Ratio>> ratios, int connections, Ratio ratio) {
    ratios.computeIfAbsent(connections, key -> new ArrayList<>()).add(ratio);
  }

  /** Prints medians, and between which values the middle half is. */
  void print(PrintWriter out) {
    out.printf(
        "%-12s %-16s %5s  %-24s %-24s %s%n",
        "connections", "slices", "pairs", "requests/s", "p50", "p99");
    pairs.forEach((connections, ratios) -> print(out, connections, "with / without", ratios));
    noise.forEach((connections, ratios) -> print(out, connections, "same / same", ratios));
  }

  private static void print(PrintWriter out, int connections, String what, List<Ratio> ratios) {
    out.printf(
        "%-12d %-16s %5d  %-24s %-24s %s%n",
        connections,
        what,
        ratios.size(),
        Quartiles.of(ratios, Ratio::throughput),
        Quartiles.of(ratios, Ratio::p50),
        Quartiles.of(ratios, Ratio::p99));
  }
}
