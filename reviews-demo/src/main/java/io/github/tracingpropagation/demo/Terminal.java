// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.Hops;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;
import zipkin2.Span;

/** Prints with colours on a terminal, as plain text elsewhere. Threads may share it. */
record Terminal(PrintWriter out, Ansi ansi) {
  private static final int WATERFALL_WIDTH = 44;
  private static final String HEADER_ROW = "  %-20s%-25s  %-25s  %s";
  private static final int VALUE_WIDTH = 25;

  void heading(String text) {
    line("");
    line(styled("bold", text));
  }

  void line(String text) {
    out.println(text);
  }

  void faint(String text) {
    line(styled("faint", text));
  }

  void verdict(boolean ok, String text) {
    line("  " + (ok ? styled("green", "ok") : styled("red,bold", "NOT OK")) + ": " + text);
  }

  /** Prints a table of the last request: a row for each header, a column for each hop. */
  void headers(Hops hops) {
    Set<String> names = new TreeSet<>();
    hops.last().forEach(headers -> names.addAll(headers.keySet()));
    faint(HEADER_ROW.formatted("", "into reviews", "out of reviews", "into ratings"));
    for (String name : names) {
      Stream<String> values = hops.last().stream().map(it -> shortened(it.getOrDefault(name, "-")));
      line(HEADER_ROW.formatted(Stream.concat(Stream.of(name + " "), values).toArray()));
    }
  }

  /** Shortens in the middle, since ids differ at both ends. */
  private static String shortened(String value) {
    String text = printable(value);
    int half = (VALUE_WIDTH - 3) / 2;
    return text.length() <= VALUE_WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }

  /** Draws a trace as Zipkin's page does: each span is a line with a bar from start to end. */
  void waterfall(Trace trace) {
    long start = trace.spans().stream().mapToLong(Span::timestampAsLong).min().orElse(0);
    long end = trace.spans().stream().mapToLong(Terminal::end).max().orElse(0);
    double scale = (double) WATERFALL_WIDTH / Math.max(1, end - start);
    for (Trace.Node node : trace.tree()) {
      Span span = node.span();
      int from = Math.min(WATERFALL_WIDTH - 1, (int) ((span.timestampAsLong() - start) * scale));
      int to = Math.max(from + 1, (int) Math.round((end(span) - start) * scale));
      line(
          "  %-38s%-8s|%s%s%s| %7.1f ms"
              .formatted(
                  "  ".repeat(node.depth()) + printable(String.valueOf(span.localServiceName())),
                  String.valueOf(span.kind()).toLowerCase(Locale.ROOT),
                  " ".repeat(from),
                  styled("blue", "=".repeat(to - from)),
                  " ".repeat(WATERFALL_WIDTH - to),
                  span.durationAsLong() / 1000.0));
    }
  }

  private static long end(Span span) {
    return span.timestampAsLong() + span.durationAsLong();
  }

  private String styled(String styles, String text) {
    return ansi.enabled() ? ansi.string("@|" + styles + " " + text + "|@") : text;
  }

  /**
   * Replaces every character outside of printable ASCII with {@code ?}. Line breaks would forge log
   * lines, control characters would move the cursor, other letters can imitate ASCII ones.
   */
  static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
