// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
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
    "errors",
    "compiled_ms"
  };

  /** Reads them in the order in which they were measured. */
  static List<TrafficRow> read(Path csv) throws IOException {
    return Csv.read(csv).stream().map(TrafficRow::of).toList();
  }

  private static TrafficRow of(Csv.Row row) {
    return new TrafficRow(
        row.whole("round"),
        row.whole("cycle"),
        row.whole("connections"),
        Variant.parse(row.text("variant")),
        row.number("requests_per_second"),
        row.number("p50_us"),
        row.number("p99_us"));
  }
}
