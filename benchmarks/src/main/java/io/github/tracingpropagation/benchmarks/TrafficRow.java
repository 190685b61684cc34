// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One slice, as a row of the results tells it.
 *
 * @param round the round, with processes of its own
 * @param cycle in which each service has one turn, from 1
 * @param connections how many sent requests at a time
 * @param variant which service had its turn
 * @param throughput in requests a second
 * @param p50 the median latency in microseconds
 * @param p99 the 99th percentile of the latencies in microseconds
 */
record TrafficRow(
    int round,
    int cycle,
    int connections,
    Variant variant,
    double throughput,
    double p50,
    double p99) {

  static final String[] COLUMNS = {
    "round",
    "cycle",
    "connections",
    "variant",
    "requests",
    "seconds",
    "requests_per_second",
    "p50_us",
    "p99_us",
    "errors"
  };

  /** Reads them in the order in which they were measured. */
  static List<TrafficRow> read(Path csv) throws IOException {
    return Files.readAllLines(csv).stream().skip(1).map(TrafficRow::of).toList();
  }

  private static TrafficRow of(String line) {
    String[] cells = line.split(",", -1);
    return new TrafficRow(
        Integer.parseInt(cells[0]),
        Integer.parseInt(cells[1]),
        Integer.parseInt(cells[2]),
        Variant.parse(cells[3]),
        Double.parseDouble(cells[6]),
        Double.parseDouble(cells[7]),
        Double.parseDouble(cells[8]));
  }
}
