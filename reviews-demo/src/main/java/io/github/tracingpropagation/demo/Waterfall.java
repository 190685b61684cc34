// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.bookinfo.AccessLog;
import java.util.List;
import java.util.Locale;

/** Draws a trace as Zipkin's page does: each span is a line with a bar from start to end. */
final class Waterfall {
  private static final int WIDTH = 44;

  private Waterfall() {}

  static void print(Trace trace, Terminal terminal) {
    List<Trace.Node> nodes = trace.tree();
    long start = nodes.stream().mapToLong(node -> node.span().timestamp()).min().orElse(0);
    long end =
        nodes.stream()
            .mapToLong(node -> node.span().timestamp() + node.span().duration())
            .max()
            .orElse(0);
    double scale = (double) WIDTH / Math.max(1, end - start);
    for (Trace.Node node : nodes) {
      ZipkinSpan span = node.span();
      int from = Math.min(WIDTH - 1, (int) ((span.timestamp() - start) * scale));
      int length = Math.max(1, Math.min(WIDTH - from, (int) Math.round(span.duration() * scale)));
      String bar =
          " ".repeat(from)
              + terminal.styled("blue", "=".repeat(length))
              + " ".repeat(WIDTH - from - length);
      terminal.line(
          "  %-38s%-8s|%s| %7.1f ms"
              .formatted(
                  "  ".repeat(node.depth()) + AccessLog.printable(span.service()),
                  String.valueOf(span.kind()).toLowerCase(Locale.ROOT),
                  bar,
                  span.duration() / 1000.0));
    }
  }
}
