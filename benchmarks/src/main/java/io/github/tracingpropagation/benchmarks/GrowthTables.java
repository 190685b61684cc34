// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static io.github.tracingpropagation.benchmarks.Growth.TYPICAL_HEADERS;

import io.github.tracingpropagation.benchmarks.Growth.Line;
import java.util.ArrayList;
import java.util.List;

/** How the cost grows. */
final class GrowthTables {
  private GrowthTables() {}

  static String byHeaders(Samples samples) {
    StringBuilder text = new StringBuilder();
    for (String server : samples.values("server")) {
      List<String> head =
          new ArrayList<>(Growth.LINES.stream().map(line -> line + ", ns").toList());
      head.add("this library ÷ loop over 16");
      Table table = new Table(Text.code(server) + ", inbound headers", head);
      for (int headers : Growth.HEADERS) {
        Samples row = samples.where("server", server).where("headers", headers);
        List<String> cells = new ArrayList<>();
        Growth.LINES.forEach(line -> cells.add(Text.whole(line.of(row).nanos().median())));
        Samples ours = new Line(Way.OURS, WatchedNames.ALL).of(row);
        cells.add(Text.ratio(ours.ratio(new Line(Way.LOOP, 16).of(row))));
        table.row(String.valueOf(headers), cells);
      }
      text.append(text.isEmpty() ? "" : "\n").append(table);
    }
    return text.toString();
  }

  static String byNames(Samples samples) {
    StringBuilder text = new StringBuilder();
    for (String server : samples.values("server")) {
      List<String> head = new ArrayList<>();
      List.of(Way.values()).forEach(way -> head.add(way.title() + ", ns"));
      head.add("this library ÷ loop");
      Table table = new Table(Text.code(server) + ", watched names", head);
      for (int names : Growth.NAMES) {
        Samples row = samples.where("server", server).where("headers", TYPICAL_HEADERS);
        List<String> cells = new ArrayList<>();
        for (Way way : Way.values()) {
          cells.add(
              way.canWatch(names) ? Text.whole(new Line(way, names).of(row).nanos().median()) : "");
        }
        cells.add(
            Way.OURS.canWatch(names)
                ? Text.ratio(
                    new Line(Way.OURS, names).of(row).ratio(new Line(Way.LOOP, names).of(row)))
                : "");
        table.row(String.valueOf(names), cells);
      }
      text.append(text.isEmpty() ? "" : "\n").append(table);
    }
    return text.toString();
  }
}
