// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Typed access to environment variables. An invalid one throws an {@code IllegalArgumentException}
 * whose message has the name, the value and what is allowed. Threads may share it.
 */
public record Environment(Map<String, String> variables) {
  private static final int MAX_PORT = 65535;

  /** Returns the value without surrounding white space, or the default if absent or blank. */
  public String text(String name, String defaultValue) {
    String value = variables.get(name);
    return value == null || value.isBlank() ? defaultValue : value.strip();
  }

  /** Returns the value of a variable or an option in lower case. */
  public static String oneOf(String name, String value, List<String> allowed) {
    return parse(
        name,
        value,
        String.join(", ", allowed),
        text -> text.toLowerCase(Locale.ROOT),
        allowed::contains);
  }

  /** Returns the value of a variable or an option that is a port, 0 for any free one. */
  public static int port(String name, String value, int lowest) {
    return parse(
        name,
        value,
        "a port from " + lowest + " to " + MAX_PORT + (lowest == 0 ? "; 0 is any free port" : ""),
        Integer::valueOf,
        port -> port >= lowest && port <= MAX_PORT);
  }

  /**
   * Returns the parsed value of a variable or an option.
   *
   * @param parser throws an {@code IllegalArgumentException} for another format
   * @param valid whether the parsed value is allowed
   */
  public static <T> T parse(
      String name, String value, String allowed, Function<String, T> parser, Predicate<T> valid) {
    try {
      T parsed = parser.apply(value);
      if (valid.test(parsed)) {
        return parsed;
      }
    } catch (IllegalArgumentException e) {
      // falls through to the same exception
    }
    throw invalid(name, value, allowed);
  }

  /** Returns the exception for an invalid value of a variable or an option. */
  public static IllegalArgumentException invalid(String name, String value, String allowed) {
    return new IllegalArgumentException(name + "=" + value + " is wrong; allowed: " + allowed);
  }
}
