// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.testing.Docs;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows of the host matrix in docs/compatibility.md for one host, as measured. */
final class HostMatrix {
  private final Map<String, String> cells = new LinkedHashMap<>();
  private final String host;

  HostMatrix(String host) {
    this.host = host;
  }

  /** Adds a cell behind those of the same row. */
  void add(HostContract.Cell cell, boolean refused) {
    String word = refused ? "refused, with a warning" : "forwarded";
    cells.merge(cell.way().registered(), word, (row, more) -> row + " | " + more);
  }

  /** Fails unless the host matrix has these rows of this host. */
  void assertShown() throws IOException {
    List<String> table = new ArrayList<>(Docs.part("host matrix"));
    int first = 0;
    while (first < table.size() && !isRow(table.get(first))) {
      first++;
    }
    table.removeIf(this::isRow);
    table.addAll(first, rows());
    Docs.assertPart("host matrix", table);
  }

  private boolean isRow(String line) {
    return line.startsWith("| " + host + " |");
  }

  private List<String> rows() {
    return cells.entrySet().stream()
        .map(row -> "| " + host + " | " + row.getKey() + " | " + row.getValue() + " |")
        .toList();
  }
}
