// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import io.github.tracingpropagation.demo.Main;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Records what is logged as a warning or an error. Threads may share it. */
public final class LogLines extends Handler {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Starts recording. */
  public void start() {
    Main.logWarningsOnly(); // as the demo does
    Logger.getLogger("").addHandler(this);
  }

  /** Returns the messages. */
  public List<String> messages() {
    return records.stream().map(formatter::formatMessage).toList();
  }

  /** Returns what was logged with a stack trace. */
  public List<Throwable> stackTraces() {
    return records.stream().map(LogRecord::getThrown).filter(Objects::nonNull).toList();
  }

  @Override
  public void publish(LogRecord record) {
    if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
      records.add(record);
    }
  }

  @Override
  public void flush() {}

  @Override
  public void close() {
    Logger.getLogger("").removeHandler(this);
  }
}
