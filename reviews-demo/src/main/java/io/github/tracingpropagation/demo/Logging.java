// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The logs of Jersey, Grizzly, Jetty and OkHttp: silent unless something is wrong. */
final class Logging {
  /** They warn of what is meant so. Kept here, since a logger that nobody holds is forgotten. */
  private static final List<Logger> ALARMISTS =
      List.of(
          // of a resource that is registered as an instance
          Logger.getLogger("org.glassfish.jersey.internal.inject.Providers"),
          // of every graceful stop
          Logger.getLogger("org.glassfish.grizzly.nio.GracefulShutdownRunner"),
          // of a Zipkin that is gone, of which the story tells itself
          Logger.getLogger("zipkin2.reporter.internal.AsyncReporter$BoundedAsyncReporter"));

  private Logging() {}

  static void quieten() {
    System.setProperty("java.util.logging.SimpleFormatter.format", "%4$s %3$s: %5$s%6$s%n");
    Logger.getLogger("").setLevel(Level.WARNING);
    ALARMISTS.forEach(logger -> logger.setLevel(Level.SEVERE));
  }
}
