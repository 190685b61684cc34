// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.util.Objects;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/** The Envoy program of the tests. */
public final class TestEnvoy {
  private TestEnvoy() {}

  /**
   * Returns the program that the system property {@code envoy} or the variable {@code ENVOY} names,
   * or the one on the {@code PATH}. Skips the test if there is none.
   */
  public static String program() {
    try {
      return find();
    } catch (IllegalArgumentException e) {
      throw new TestAbortedException("no Envoy: " + e.getMessage(), e);
    }
  }

  /** Returns the same program, or empty. */
  public static Optional<String> ifPresent() {
    try {
      return Optional.of(find());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String find() {
    String given =
        System.getProperty("envoy", Objects.requireNonNullElse(System.getenv("ENVOY"), "envoy"));
    EnvoySidecars.check(given);
    return given;
  }
}
