// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What slices tell that follow each other: of two services, or twice of the same. */
final class TrafficRatios {
  /** What is compared with what. */
  private static final List<List<Variant>> PAIRS =
      List.of(
          List.of(Variant.WITH, Variant.WITHOUT),
          List.of(Variant.BY_HAND, Variant.WITHOUT),
          List.of(Variant.WITH, Variant.BY_HAND));

  private final List<TrafficRow> slices;

  TrafficRatios(List<TrafficRow> slices) {
    this.slices = slices;
  }

  /** Returns medians, and between which values the middle half is. */
  Table table() {
    Table table = new Table("connections, slices", List.of("pairs", "requests/s", "p50", "p99"));
    List<Integer> loads = slices.stream().map(TrafficRow::connections).distinct().toList();
    for (int load : loads) {
      for (List<Variant> pair : PAIRS) {
        String what = "%d, %s ÷ %s".formatted(load, pair.get(0), pair.get(1));
        row(table, what, ratios(load, pair.get(0), pair.get(1)));
      }
    }
    loads.forEach(load -> row(table, load + ", same ÷ same", same(load)));
    return table;
  }

  /** Compares two services in each cycle. */
  private List<Ratio> ratios(int load, Variant variant, Variant by) {
    List<TrafficRow> others = rows(load, by);
    List<Ratio> ratios = new ArrayList<>();
    for (TrafficRow slice : rows(load, variant)) {
      others.stream()
          .filter(other -> other.round() == slice.round() && other.cycle() == slice.cycle())
          .forEach(other -> ratios.add(Ratio.of(slice, other)));
    }
    return ratios;
  }

  /** Compares the last slice of a cycle with the next one's first, which is the same service's. */
  private List<Ratio> same(int load) {
    List<Ratio> ratios = new ArrayList<>();
    for (int i = 1; i < slices.size(); i++) {
      TrafficRow slice = slices.get(i);
      TrafficRow before = slices.get(i - 1);
      if (slice.connections() == load
          && before.connections() == load
          && slice.round() == before.round()
          && slice.variant() == before.variant()) {
        ratios.add(Ratio.of(slice, before));
      }
    }
    return ratios;
  }

  private List<TrafficRow> rows(int load, Variant variant) {
    return slices.stream()
        .filter(slice -> slice.connections() == load && slice.variant() == variant)
        .toList();
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
