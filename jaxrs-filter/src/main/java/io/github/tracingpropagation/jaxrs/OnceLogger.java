// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Logs each message once, since some applications build and configure a client for each call. May
 * be used by all threads.
 */
final class OnceLogger {
  private static final Logger LOGGER = System.getLogger(TracingPropagationFeature.class.getName());

  /** The messages logged so far. Strings only: a static set must not keep a class loader alive. */
  static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private OnceLogger() {}

  /**
   * Logs a message unless it was logged before.
   *
   * @param message is kept for good, so it may contain class names and settings, but nothing of a
   *     request: no address and no header's value
   */
  static void log(Level level, String message) {
    if (LOGGED.add(message)) {
      LOGGER.log(level, message);
    }
  }

  /**
   * Logs at WARNING that a client forwards nothing.
   *
   * @param reason the cause and the remedy, under the rules of {@link #log}
   */
  static void warnNotForwarded(String reason) {
    log(Level.WARNING, "Jakarta REST client forwards no tracing headers: " + reason);
  }
}
