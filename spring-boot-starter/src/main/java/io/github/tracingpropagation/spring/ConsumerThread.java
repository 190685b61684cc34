// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a thread of Spring Kafka: that of a poll, which states that the thread belongs to
 * no request, and within it that of each record.
 *
 * <p>Spring Kafka offers no block around either of them. Each scope that is opened, or the end of
 * the poll, closes what was left open before.
 */
final class ConsumerThread {
  private static final ThreadLocal<@Nullable ConsumerThread> CURRENT = new ThreadLocal<>();

  private final MessageScope poll = new MessageScope(CapturedHeaders.empty());
  private @Nullable CapturedHeaders captured;
  private @Nullable MessageScope record;

  private ConsumerThread() {}

  private static ConsumerThread current() {
    ConsumerThread current = CURRENT.get();
    if (current == null) {
      current = new ConsumerThread();
      CURRENT.set(current);
    }
    return current;
  }

  static void beginPoll() {
    endPoll();
    current();
  }

  /** For what follows in a poll that Spring Kafka has not announced. */
  static void continuePoll() {
    current();
  }

  static void endPoll() {
    ConsumerThread current = CURRENT.get();
    if (current != null) {
      CURRENT.remove();
      current.closeRecord();
      current.poll.close();
    }
  }

  static void beginRecord(CapturedHeaders captured) {
    ConsumerThread current = current();
    current.closeRecord();
    current.captured = captured;
    current.record = new MessageScope(captured);
  }

  /**
   * The listener has returned. Unless there are transactions, Spring Kafka calls interceptors in
   * the scope of an observation, and closes that before it says that the record has ended. So if
   * there is such a scope, ours has to close now.
   */
  static void listenerReturned() {
    ConsumerThread current = CURRENT.get();
    if (current != null && current.record != null && !current.record.isDirectlyIn(current.poll)) {
      current.closeRecord();
    }
  }

  /** Runs what the application does at the end of a record, with its headers, and closes. */
  static void endRecord(Runnable last) {
    ConsumerThread current = CURRENT.get();
    if (current == null || current.captured == null) {
      last.run();
      return;
    }
    if (current.record == null) {
      current.record = new MessageScope(current.captured);
    }
    try {
      last.run();
    } finally {
      current.captured = null;
      current.closeRecord();
    }
  }

  private void closeRecord() {
    if (record != null) {
      record.close();
      record = null;
    }
  }
}
