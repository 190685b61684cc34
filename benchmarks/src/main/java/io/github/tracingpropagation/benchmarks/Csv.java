// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A file of rows, each of which is there as soon as it is written.
 *
 * @param out where to
 */
record Csv(PrintWriter out) implements AutoCloseable {

  /** Starts a file, and the folders that it is in. */
  static Csv create(Path file, String... columns) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Csv csv = new Csv(new PrintWriter(Files.newBufferedWriter(file), true));
    csv.row((Object[]) columns);
    return csv;
  }

  /**
   * A row that was read.
   *
   * @param cells in their order, by the names of their columns
   */
  record Row(Map<String, String> cells) {
    String text(String column) {
      return requireNonNull(cells.get(column), column);
    }

    double number(String column) {
      return Double.parseDouble(text(column));
    }

    int whole(String column) {
      return Integer.parseInt(text(column));
    }
  }

  /** Returns the rows of a file. */
  static List<Row> read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    String[] columns = lines.get(0).split(",", -1);
    List<Row> rows = new ArrayList<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < columns.length; i++) {
        row.put(columns[i], cells[i]);
      }
      rows.add(new Row(row));
    }
    return rows;
  }

  /** Writes a row; a number that is not whole gets three digits after the point. */
  void row(Object... cells) {
    out.println(
        Arrays.stream(cells)
            .map(
                cell ->
                    cell instanceof Double number
                        ? String.format(Locale.ROOT, "%.3f", number)
                        : cell)
            .map(Object::toString)
            .collect(Collectors.joining(",")));
    if (out.checkError()) {
      throw new UncheckedIOException(new IOException("the results cannot be written"));
    }
  }

  @Override
  public void close() {
    out.close();
  }
}
