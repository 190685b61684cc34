// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints with colours and a progress bar on a terminal, as plain text elsewhere. Threads may share
 * it.
 */
record Terminal(PrintWriter out, Ansi ansi) {
  private static final int BAR_WIDTH = 40;

  void heading(String text) {
    out.println();
    out.println(styled("bold", text));
  }

  void line(String text) {
    out.println(text);
  }

  void faint(String text) {
    out.println(styled("faint", text));
  }

  void verdict(boolean ok, String text) {
    out.println("  " + (ok ? styled("green", "ok") : styled("red,bold", "NOT OK")) + ": " + text);
  }

  /** Draws a progress bar over the current line, and erases it at the end. */
  synchronized void progress(String what, long done, long all) {
    if (!ansi.enabled()) {
      return;
    }
    int filled = (int) (BAR_WIDTH * done / Math.max(1, all));
    String bar =
        "  %s [%s%s] %d/%d"
            .formatted(what, "#".repeat(filled), " ".repeat(BAR_WIDTH - filled), done, all);
    out.print(done < all ? "\r" + bar : "\r" + " ".repeat(bar.length()) + "\r");
    out.flush();
  }

  String styled(String styles, String text) {
    return ansi.enabled() ? ansi.string("@|" + styles + " " + text + "|@") : text;
  }
}
