// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The environment variables. A bad one throws, naming itself, its value and what is allowed. */
record Variables(Map<String, String> values) {
  private static final int MAX_PORT = 65535;

  /** Returns the value as it is, or the other one if there is none or it is blank. */
  String text(String name, String other) {
    String value = values.get(name);
    return value == null || value.isBlank() ? other : value.strip();
  }

  boolean flag(String name) {
    return oneOf(name, "false", List.of("false", "true")).equals("true");
  }

  /** Returns the value in lower case, the first of those allowed if there is none. */
  String oneOf(String name, String other, List<String> allowed) {
    String value = text(name, other).toLowerCase(Locale.ROOT);
    if (!allowed.contains(value)) {
      throw bad(name, text(name, other), String.join(", ", allowed));
    }
    return value;
  }

  /** Returns a port that a service can be reached at. */
  int port(String name, int other) {
    return port(name, text(name, Integer.toString(other)), 1);
  }

  /** Returns a port to listen at: the option, else the variable {@code PORT}, else 9080. */
  int listenPort(@Nullable String option) {
    return option != null ? port("--port", option, 0) : port("PORT", text("PORT", "9080"), 0);
  }

  /** Says that nothing can listen there. */
  static IllegalArgumentException unusable(@Nullable String option, int port, IOException cause) {
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

  static IllegalArgumentException bad(String name, String value, String allowed) {
    return new IllegalArgumentException(name + "=" + value + " is wrong; allowed: " + allowed);
  }

  private static int port(String name, String value, int lowest) {
    try {
      int port = Integer.parseInt(value);
      if (port >= lowest && port <= MAX_PORT) {
        return port;
      }
    } catch (NumberFormatException e) {
      // it is said below what is allowed
    }
    throw bad(
        name,
        value,
        "a port from " + lowest + " to " + MAX_PORT + (lowest == 0 ? "; 0 is any free port" : ""));
  }
}
