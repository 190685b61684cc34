// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
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
