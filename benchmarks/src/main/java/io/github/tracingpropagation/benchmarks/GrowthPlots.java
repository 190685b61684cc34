// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static io.github.tracingpropagation.benchmarks.Growth.TYPICAL_HEADERS;

import io.github.tracingpropagation.benchmarks.Growth.Line;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How the cost grows, as pictures. */
final class GrowthPlots {
  private GrowthPlots() {}

  /** Returns the pictures, by the names of their files. */
  static Map<String, String> of(Samples samples) {
    LineChart byHeaders = new LineChart("inbound headers", "ns a hop");
    LineChart byNames = new LineChart("watched names", "ns a hop");
    for (String server : samples.values("server")) {
      Samples its = samples.where("server", server);
      List<LineChart.Series> headers = new ArrayList<>();
      for (Line line : Growth.LINES) {
        headers.add(series(line.toString(), colour(line), line.of(its), "headers"));
      }
      byHeaders.panel(server, headers);
      byNames.panel(
          server,
          Stream.of(Way.values())
              .map(
                  way -> series(way.title(), way.colour(), typical(its).where("way", way), "names"))
              .toList());
    }
    Map<String, String> plots = new LinkedHashMap<>();
    plots.put("growth-by-headers.svg", byHeaders.svg());
    plots.put("growth-by-names.svg", byNames.svg());
    return plots;
  }

  /** The short loop's is a paler one of the loop's. */
  private static String colour(Line line) {
    return line.equals(new Line(Way.LOOP, 6)) ? "#56b4e9" : line.way().colour();
  }

  private static Samples typical(Samples samples) {
    return samples.where("headers", TYPICAL_HEADERS);
  }

  private static LineChart.Series series(
      String name, String colour, Samples samples, String parameter) {
    List<LineChart.Point> points =
        samples.values(parameter).stream()
            .map(
                value ->
                    new LineChart.Point(
                        Double.parseDouble(value),
                        samples.where(parameter, value).nanos().median()))
            .sorted(Comparator.comparingDouble(LineChart.Point::x))
            .toList();
    return new LineChart.Series(name, colour, points);
  }
}
