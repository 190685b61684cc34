// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;

/** The Envoy program of the tests. */
public final class TestEnvoy {
  private TestEnvoy() {}

  /**
   * Returns the program: of the system property or variable {@code envoy}, or on the {@code PATH}.
   * Skips the test if there is none.
   */
  public static Path program() {
    String given =
        System.getProperty("envoy", Objects.requireNonNullElse(System.getenv("ENVOY"), ""));
    try {
      return EnvoyProgram.find(given, System.getenv("PATH"));
    } catch (IllegalArgumentException e) {
      Assumptions.abort(String.valueOf(e.getMessage()));
      throw e; // unreachable
    }
  }
}
