// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** Prints what came in and what went out, side by side. */
record PassagePrinter(PrintWriter out, Ansi ansi) {
  private static final int WIDTH = 34;
  private static final String ROW = "  %-28s%-" + WIDTH + "s  %-" + WIDTH + "s  %s%n";

  void print(Passage passage) {
    out.println();
    out.println(style("bold", passage.scenario().name()));
    List<Passage.Header> headers = passage.headers();
    if (headers.isEmpty()) {
      out.printf(ROW, "(none)", "", "", verdict(passage.isUnchanged()));
      return;
    }
    out.print(style("faint", ROW.formatted("", "into reviews", "reviews into ratings", "")));
    for (Passage.Header header : headers) {
      out.printf(
          ROW,
          header.name(),
          shown(header.atReviews()),
          shown(header.atRatings()),
          verdict(header.isUnchanged()));
    }
  }

  void heading(String text) {
    out.println();
    out.println(style("bold,underline", text));
  }

  void summary(int good, int all) {
    out.println();
    out.printf(
        "%s: %d of %d requests reached ratings with every tracing header unchanged, and no other.%n",
        verdict(good == all), good, all);
  }

  private String verdict(boolean good) {
    return good ? style("green", "ok") : style("red,bold", "NOT OK");
  }

  private String style(String styles, String text) {
    return ansi.string("@|" + styles + " " + text + "|@");
  }

  /** Shortens in the middle: most ids differ at both ends. */
  private static String shown(List<String> values) {
    if (values.isEmpty()) {
      return "-";
    }
    String text = Text.printable(String.join(" + ", values));
    int half = (WIDTH - 3) / 2;
    return text.length() <= WIDTH
        ? text
        : text.substring(0, half) + "..." + text.substring(text.length() - half);
  }
}
