// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

/** Escaping of untrusted text for a terminal or a log. Threads may share it. */
public final class Text {
  private Text() {}

  /**
   * Replaces every character outside of printable ASCII with {@code ?}. Line breaks would forge log
   * lines, control characters would move the cursor, other letters can imitate ASCII ones.
   */
  public static String printable(String text) {
    return text.replaceAll("[^ -~]", "?");
  }
}
