// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

/** Text that comes from outside and goes to a terminal or a log. */
final class Text {
  private Text() {}

  /** Replaces all that could start a line, move a cursor or be mistaken for something else. */
  static String printable(String text) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      result.append(c >= ' ' && c <= '~' ? c : '?');
    }
    return result.toString();
  }
}
