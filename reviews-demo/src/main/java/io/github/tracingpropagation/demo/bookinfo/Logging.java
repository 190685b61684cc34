// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Log levels of the libraries. Threads may share it. */
public final class Logging {
  /**
   * Loggers that warn of what the demo does on purpose. Strong references, since java.util.logging
   * holds loggers weakly and would lose their levels.
   */
  private static final List<Logger> EXPECTED_WARNINGS =
      List.of(
          // a resource registered as an instance
          Logger.getLogger("org.glassfish.jersey.internal.inject.Providers"),
          // each of Armeria's servers registers the same meters
          Logger.getLogger("io.micrometer.core.instrument.MeterRegistry"),
          // Zipkin does not answer: the story reports that itself
          Logger.getLogger("zipkin2.reporter.internal.AsyncReporter$BoundedAsyncReporter"));

  private Logging() {}

  /** Logs warnings and errors only, one line each. */
  public static void warningsOnly() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
    Logger.getLogger("").setLevel(Level.WARNING);
    EXPECTED_WARNINGS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
