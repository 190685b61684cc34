// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** With how many inbound headers, and how many watched names, it is measured how the cost grows. */
final class Growth {
  static final List<Server> SERVERS = List.of(Server.TOMCAT_UNREAD);

  /** How many headers arrive. Tomcat takes 100, unless it is told otherwise. */
  static final List<Integer> HEADERS = List.of(5, 12, 30, 60, 100);

  /** How many arrive while the number of names grows. */
  static final int TYPICAL_HEADERS = Arrival.TYPICAL.headers().size();

  /** How many names are watched. */
  static final List<Integer> NAMES = List.of(6, 7, 16, 22, 30, 60);

  /** What is compared while the number of headers grows. */
  static final List<Line> LINES =
      List.of(
          new Line(Way.LOOP, 16),
          new Line(Way.LOOP, 6),
          new Line(Way.PASS_THROUGH, 16),
          new Line(Way.OURS, WatchedNames.ALL));

  private Growth() {}

  /**
   * A way to forward.
   *
   * @param way the way
   * @param names how many names it watches
   */
  record Line(Way way, int names) {
    /** Returns its part of the samples. */
    Samples of(Samples samples) {
      return samples.where("way", way).where("names", names);
    }

    @Override
    public String toString() {
      return way.title() + " over " + names;
    }
  }

  /** Returns the parameters of {@link GrowthBenchmark}, those of one heat together. */
  static List<List<Map<String, String>>> heats(List<Server> servers) {
    List<List<Map<String, String>>> heats = new ArrayList<>();
    for (Server server : servers) {
      for (int headers : HEADERS) {
        Set<Line> lines = new LinkedHashSet<>(LINES);
        if (headers == TYPICAL_HEADERS) {
          NAMES.forEach(names -> lines.addAll(lines(names)));
        }
        heats.add(lines.stream().map(line -> point(server, line, headers)).toList());
      }
    }
    return heats;
  }

  private static List<Line> lines(int names) {
    return Stream.of(Way.values())
        .filter(way -> way.canWatch(names))
        .map(way -> new Line(way, names))
        .toList();
  }

  private static Map<String, String> point(Server server, Line line, int headers) {
    Map<String, String> point = new LinkedHashMap<>();
    point.put("server", server.name());
    point.put("way", line.way().name());
    point.put("names", String.valueOf(line.names()));
    point.put("headers", String.valueOf(headers));
    return point;
  }
}
