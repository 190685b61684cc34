// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;

/** A table in Markdown, whose first column is text and whose other columns are figures. */
final class Table {
  private final StringBuilder text = new StringBuilder();

  Table(String first, List<String> others) {
    row(first, others);
    text.append("| --- |").append(" ---: |".repeat(others.size())).append('\n');
  }

  Table row(String first, List<String> others) {
    text.append("| ").append(first).append(" | ").append(String.join(" | ", others)).append(" |\n");
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
