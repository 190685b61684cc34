// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects what the library logs at WARNING until it is closed. */
final class Warnings extends Handler implements AutoCloseable {
  /** Strong, since the JDK holds loggers weakly. */
  private static final Logger LOGGER = Logger.getLogger("io.github.tracingpropagation");

  private final List<String> messages = new CopyOnWriteArrayList<>();

  private Warnings() {}

  /** Starts to collect, as if nothing had been logged before. */
  static Warnings collect() {
    Refusal.LOGGED.clear();
    Warnings warnings = new Warnings();
    LOGGER.addHandler(warnings);
    return warnings;
  }

  List<String> messages() {
    return messages;
  }

  @Override
  public void publish(LogRecord entry) {
    if (entry.getLevel().equals(Level.WARNING)) {
      messages.add(entry.getMessage());
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LOGGER.removeHandler(this);
  }
}
