// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The README's table of hosts: what was measured in one of them. */
final class HostMatrix {
  private final Map<String, String> cells = new LinkedHashMap<>();
  private final String host;

  HostMatrix(String host) {
    this.host = host;
  }

  /** Adds a cell behind those of the same row. */
  void add(HostContract.Cell cell, Storm.Result result, boolean warned) {
    System.out.printf("%s, %s: %s%n", host, cell, result);
    cells.merge(cell.way().registered(), word(result, warned), (row, more) -> row + " | " + more);
  }

  private static String word(Storm.Result result, boolean warned) {
    if (result.forwarded() == 0) {
      return warned ? "refused, with a warning" : "nothing, without a word";
    }
    return result.forwarded() % Storm.withHeaders() == 0 ? "forwarded" : "wrong";
  }

  /** Returns the rows as they have to be in the README. */
  List<String> rows() {
    return cells.entrySet().stream()
        .map(row -> "| " + host + " | " + row.getKey() + " | " + row.getValue() + " |")
        .toList();
  }

  /** Returns the rows that the README has for a host. */
  static List<String> readme(String host) throws IOException {
    return Files.readAllLines(Path.of("..", "..", "README.md")).stream()
        .dropWhile(line -> !line.equals("<!-- host matrix -->"))
        .takeWhile(line -> !line.isBlank())
        .filter(line -> line.startsWith("| " + host + " |"))
        .toList();
  }
}
