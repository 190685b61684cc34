// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Renders what was measured: the README's tables, and the plots beside the results. */
final class Report {
  /** What stands in the README between two markers, such as {@code <!-- hop -->}. */
  @FunctionalInterface
  interface Part {
    String render(Results results) throws IOException;
  }

  /** Every part, by the name of its markers. */
  static final Map<String, Part> PARTS = parts();

  private static final String MEANINGLESS =
      "**These are the figures of a quick run: they only show that the report works.**\n\n";

  private Report() {}

  private static Map<String, Part> parts() {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("environment", results -> environment(results, "hop", "growth", "traffic", "memory"));
    parts.put("targets", results -> HopTables.targets(results.samples("hop")));
    parts.put("hop", results -> HopTables.cases(results.samples("hop")));
    parts.put("growth by headers", results -> GrowthTables.byHeaders(results.samples("growth")));
    parts.put("growth by names", results -> GrowthTables.byNames(results.samples("growth")));
    parts.put("traffic", results -> new TrafficRatios(results.traffic()).table().toString());
    parts.put("memory", results -> MemoryRow.table(results.memory()).toString());
    return parts;
  }

  /** Returns the plots, by the names of their files. */
  static Map<String, String> plots(Results results) throws IOException {
    return GrowthPlots.of(results.samples("growth"));
  }

  /** Returns the README with all parts as these results tell them. */
  static String fill(String readme, Results results) throws IOException {
    String filled = readme;
    for (Map.Entry<String, Part> part : PARTS.entrySet()) {
      String begin = "<!-- " + part.getKey() + " -->\n";
      String end = "<!-- /" + part.getKey() + " -->";
      int from = filled.indexOf(begin) + begin.length();
      int to = filled.indexOf(end, from);
      if (from < begin.length() || to < 0) {
        throw new IllegalArgumentException("the README lacks " + begin.strip() + " or " + end);
      }
      filled = filled.substring(0, from) + part.getValue().render(results) + filled.substring(to);
    }
    return filled;
  }

  private static String environment(Results results, String... programs) throws IOException {
    Table table = new Table("", List.of(programs));
    for (String key : results.environment(programs[0]).keySet()) {
      List<String> cells = new ArrayList<>();
      for (String program : programs) {
        cells.add(results.environment(program).getOrDefault(key, ""));
      }
      table.row(key, cells);
    }
    String text = table.toString();
    return text.contains(Effort.QUICK) ? MEANINGLESS + text : text;
  }
}
