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
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Records what is logged as a warning or an error during a test. Threads may share it. */
public final class LogLines extends Handler implements BeforeEachCallback, AfterEachCallback {
  private final SimpleFormatter formatter = new SimpleFormatter();
  private final List<LogRecord> records = new CopyOnWriteArrayList<>();

  /** Starts recording. */
  public void start() {
    Main.logWarningsOnly(); // as the demo does
    Logger.getLogger("").addHandler(this);
  }

  @Override
  public void beforeEach(ExtensionContext test) {
    start();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    close();
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
