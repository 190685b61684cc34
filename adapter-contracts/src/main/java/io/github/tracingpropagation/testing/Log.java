// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.adapter.OnceLoggerMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Collects the log records of the library until it is closed. */
public final class Log extends Handler implements AutoCloseable {
  /** A strong reference, because the JDK has only weak references to loggers. */
  private static final Logger LIBRARY = Logger.getLogger("io.github.tracingpropagation");

  private final List<LogRecord> entries = new CopyOnWriteArrayList<>();

  private Log() {}

  /** Starts collecting; messages that are logged once are logged again. */
  public static Log open() {
    OnceLoggerMemory.clear();
    Log log = new Log();
    LIBRARY.addHandler(log);
    return log;
  }

  /** Returns the messages so far that are warnings. */
  public List<String> warnings() {
    return messages(Level.WARNING);
  }

  /** Returns the messages so far of one level. */
  public List<String> messages(Level level) {
    List<String> messages = new ArrayList<>();
    for (LogRecord entry : entries) {
      if (entry.getLevel().equals(level)) {
        messages.add(entry.getMessage());
      }
    }
    return messages;
  }

  @Override
  public void publish(LogRecord entry) {
    entries.add(entry);
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    LIBRARY.removeHandler(this);
  }
}
