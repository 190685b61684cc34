// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A header line of an outbound call. A value that the check did not send is not kept.
 *
 * @param name in lower case
 * @param value the value, or null if the check did not send it
 * @param members of a list, those that the check sent
 * @param traceId the trace id in it, or null if there is none that the check sent
 * @param sampled the sampling decision in it, or null
 * @param owner the number of the only request that brought the value, or {@link #NOBODY}
 */
record ArrivedHeader(
    String name,
    @Nullable String value,
    List<String> members,
    @Nullable String traceId,
    @Nullable Boolean sampled,
    int owner) {
  /** Stands for a value that belongs to no single request. */
  static final int NOBODY = -1;

  private static final int SHOWN = 80;

  boolean isEmpty() {
    return value != null && value.isEmpty();
  }

  @Override
  public String toString() {
    return show(name + ": " + (value == null ? "(a value that was not sent)" : value));
  }

  /** Returns a line with what is not ASCII escaped, and its end cut off if it is long. */
  static String show(String line) {
    StringBuilder shown = new StringBuilder();
    for (int i = 0; i < Math.min(SHOWN, line.length()); i++) {
      char c = line.charAt(i);
      shown.append(c >= ' ' && c <= '~' ? String.valueOf(c) : "\\x%02x".formatted((int) c));
    }
    return line.length() <= SHOWN
        ? shown.toString()
        : shown + "... (" + line.length() + " characters)";
  }
}
