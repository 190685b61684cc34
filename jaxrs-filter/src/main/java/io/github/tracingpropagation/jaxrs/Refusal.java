// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import java.lang.System.Logger.Level;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Logs, once for each cause, that a client forwards nothing. */
final class Refusal {
  private static final System.Logger LOGGER = System.getLogger(Refusal.class.getName());

  /** Static, since some applications build a client for each call. Holds no class loader. */
  static final Set<String> LOGGED = ConcurrentHashMap.newKeySet();

  private Refusal() {}

  /**
   * Logs a cause at WARNING unless it was logged before.
   *
   * @param cause and the way out; one of a few, and without a header's value
   */
  static void log(String cause) {
    if (LOGGED.add(cause)) {
      LOGGER.log(Level.WARNING, "Tracing headers are not forwarded. " + cause);
    }
  }
}
