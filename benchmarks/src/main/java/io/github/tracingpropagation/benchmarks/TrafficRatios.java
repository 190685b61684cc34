// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What slices tell that follow each other: with and without the library, or twice the same. */
final class TrafficRatios {
  private final Map<Integer, List<Ratio>> pairs = new TreeMap<>();
  private final Map<Integer, List<Ratio>> noise = new TreeMap<>();

  /** Compares slices in the order of {@link Variant#turn}. */
  TrafficRatios(List<TrafficRow> slices) {
    for (int i = 1; i < slices.size(); i++) {
      TrafficRow slice = slices.get(i);
      TrafficRow before = slices.get(i - 1);
      if (!slice.isBeside(before)) {
        continue;
      }
      if (slice.variant() == before.variant()) {
        add(noise, slice, before);
      } else if (slice.variant() == Variant.WITH) {
        add(pairs, slice, before);
      } else {
        add(pairs, before, slice);
      }
    }
  }

  private static void add(Map<Integer, List<Ratio>> ratios, TrafficRow slice, TrafficRow by) {
    ratios.computeIfAbsent(slice.connections(), key -> new ArrayList<>()).add(Ratio.of(slice, by));
  }

  /** Returns medians, and between which values the middle half is. */
  Table table() {
    Table table = new Table("connections, slices", List.of("pairs", "requests/s", "p50", "p99"));
    pairs.forEach((connections, ratios) -> row(table, connections + ", with ÷ without", ratios));
    noise.forEach((connections, ratios) -> row(table, connections + ", same ÷ same", ratios));
    return table;
  }

  private static void row(Table table, String what, List<Ratio> ratios) {
    table.row(
        what,
        List.of(
            String.valueOf(ratios.size()),
            Quartiles.of(ratios, Ratio::throughput).toString(),
            Quartiles.of(ratios, Ratio::p50).toString(),
            Quartiles.of(ratios, Ratio::p99).toString()));
  }
}
