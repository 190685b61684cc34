// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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

  /** Returns the value, or the default only if absent: a blank value is a value. */
  public String raw(String name, String defaultValue) {
    return variables.getOrDefault(name, defaultValue);
  }

  /** Returns true for {@code true} in any case; false if absent. */
  public boolean flag(String name) {
    return oneOf(name, "false", List.of("false", "true")).equals("true");
  }

  /** Returns the value, or the default, in lower case. */
  public String oneOf(String name, String defaultValue, List<String> allowed) {
    String value = text(name, defaultValue).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw invalid(name, text(name, defaultValue), String.join(", ", allowed));
    }
    return value;
  }

  /** Returns a port to connect to. */
  public int port(String name, int defaultValue) {
    return port(name, text(name, Integer.toString(defaultValue)), 1);
  }

  /** Returns the port to listen on: the option, else the variable {@code PORT}, else 9080. */
  public int listenPort(@Nullable String option) {
    return option != null ? port("--port", option, 0) : port("PORT", text("PORT", "9080"), 0);
  }

  /** Returns the exception for a port that a server cannot listen on. */
  public static IllegalArgumentException unusablePort(
      @Nullable String option, int port, IOException cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return new IllegalArgumentException(
        (option != null ? "--port=" : "PORT=")
            + port
            + " cannot be used ("
            + root.getMessage()
            + "); allowed: a free port; 0 is any free port",
        cause);
  }

  /** Returns the exception for an invalid value of a variable or an option. */
  public static IllegalArgumentException invalid(String name, String value, String allowed) {
    return new IllegalArgumentException(name + "=" + value + " is wrong; allowed: " + allowed);
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

  private static int port(String name, String value, int lowest) {
    return parse(
        name,
        value,
        "a port from " + lowest + " to " + MAX_PORT + (lowest == 0 ? "; 0 is any free port" : ""),
        Integer::valueOf,
        port -> port >= lowest && port <= MAX_PORT);
  }
}
