// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/**
 * Where the story is told: with colours and a bar that moves if it is a terminal, else as plain
 * text. Threads may share it.
 */
record Screen(PrintWriter out, Ansi ansi) {
  private static final int BAR = 40;

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

  void verdict(boolean good, String text) {
    out.println("  " + (good ? styled("green", "ok") : styled("red,bold", "NOT OK")) + ": " + text);
  }

  /** Draws a bar over the line that the cursor is in, and takes it away when all is done. */
  synchronized void progress(String what, int done, int all) {
    if (!ansi.enabled()) {
      return;
    }
    int filled = BAR * done / all;
    String bar =
        "  %s [%s%s] %d/%d"
            .formatted(what, "#".repeat(filled), " ".repeat(BAR - filled), done, all);
    out.print(done < all ? "\r" + bar : "\r" + " ".repeat(bar.length()) + "\r");
    out.flush();
  }

  String styled(String styles, String text) {
    return ansi.enabled() ? ansi.string("@|" + styles + " " + text + "|@") : text;
  }
}
