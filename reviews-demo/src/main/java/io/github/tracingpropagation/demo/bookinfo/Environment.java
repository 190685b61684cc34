// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Typed access to environment variables. An invalid one throws an {@code IllegalArgumentException}
 * whose message has the name, the value and what is allowed. Threads may share it.
 */
public record Environment(Map<String, String> variables) {
  private static final int MAX_PORT = 65535;

  /** Returns the value without surrounding white space, or the default if absent or blank. */
  public String text(String name, String defaultValue) {
    String value = variables.getOrDefault(name, "").strip();
    return value.isEmpty() ? defaultValue : value;
  }

  /** Returns the value of a variable that is a port, 0 for any free one. */
  public int port(String name, int defaultValue, int lowest) {
    String value = text(name, Integer.toString(defaultValue));
    int port = value.matches("[0-9]{1,5}") ? Integer.parseInt(value) : -1;
    String any = lowest == 0 ? "; 0 is any free port" : "";
    allow(
        port >= lowest && port <= MAX_PORT,
        name,
        value,
        "a port from " + lowest + " to " + MAX_PORT + any);
    return port;
  }

  /** Returns the value of a variable or an option in lower case. */
  public static String oneOf(String name, String value, List<String> allowed) {
    String lower = value.toLowerCase(Locale.ROOT);
    allow(allowed.contains(lower), name, value, String.join(", ", allowed));
    return lower;
  }

  /** Throws if the value of a variable or an option is invalid. */
  public static void allow(boolean isValid, String name, Object value, String allowed) {
    require(isValid, name + "=" + value + " is wrong; allowed: " + allowed);
  }

  /** Throws an {@code IllegalArgumentException} if a condition does not hold. */
  public static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }
}
