// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What parked requests held, as a row of the results tells it.
 *
 * @param variant which service
 * @param headers with which headers
 * @param bytes that one request held
 * @param parked how many snapshots there were meanwhile
 * @param after how many there were after
 */
record MemoryRow(Variant variant, Arrival headers, double bytes, long parked, long after) {

  static final String[] COLUMNS = {
    "variant",
    "headers",
    "requests",
    "idle_bytes",
    "parked_bytes",
    "after_bytes",
    "bytes_per_request",
    "snapshots_parked",
    "snapshots_after"
  };

  static List<MemoryRow> read(Path csv) throws IOException {
    return Csv.read(csv).stream().map(MemoryRow::of).toList();
  }

  private static MemoryRow of(Csv.Row row) {
    return new MemoryRow(
        Variant.parse(row.text("variant")),
        Arrival.valueOf(row.text("headers").toUpperCase(Locale.ROOT)),
        row.number("bytes_per_request"),
        row.whole("snapshots_parked"),
        row.whole("snapshots_after"));
  }

  /** Renders rows, of which the one without the library goes before the one with it. */
  static Table table(List<MemoryRow> rows) {
    Table table =
        new Table(
            "headers",
            List.of("bytes without", "bytes with", "more", "snapshots meanwhile", "after"));
    for (int i = 1; i < rows.size(); i += 2) {
      MemoryRow without = rows.get(i - 1);
      MemoryRow with = rows.get(i);
      table.row(
          Text.code(with.headers),
          List.of(
              Text.whole(without.bytes),
              Text.whole(with.bytes),
              Text.whole(with.bytes - without.bytes),
              Text.whole((double) with.parked),
              Text.whole((double) with.after)));
    }
    return table;
  }
}
