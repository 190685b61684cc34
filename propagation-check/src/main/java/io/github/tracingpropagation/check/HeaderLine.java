// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Locale;

/** Parts of a header line, as it is on the wire; each char is a byte. */
final class HeaderLine {
  private HeaderLine() {}

  /** Returns the name in lower case; empty if it has none. */
  static String name(String line) {
    return line.substring(0, Math.max(0, line.indexOf(':'))).toLowerCase(Locale.ROOT);
  }

  /** Returns the value without the white space around it. */
  static String value(String line, String name) {
    return line.substring(name.length() + 1).strip();
  }
}
