// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs each message once: some applications build a client, and configure it, for each call. */
final class Once {
  private static final Logger LOGGER = System.getLogger(TracingPropagationFeature.class.getName());

  /** Holds no class loader. */
  static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private Once() {}

  /**
   * Logs a message unless it was logged before.
   *
   * @param message one of a few, and without a header's value
   */
  static void log(Level level, String message) {
    if (LOGGED.add(message)) {
      LOGGER.log(level, message);
    }
  }

  /**
   * Logs at WARNING that a client forwards nothing.
   *
   * @param cause and the way out
   */
  static void refused(String cause) {
    log(Level.WARNING, "Tracing headers are not forwarded. " + cause);
  }
}
