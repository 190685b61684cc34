// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The scopes of a thread of Spring Kafka: one for a poll, in which the thread belongs to no
 * request, and within it one for each record.
 *
 * <p>Spring Kafka has callbacks at the start and the end, but no block around them. So opening a
 * scope, and the end of the poll, closes what was left open before.
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

  /** Begins a poll unless one has begun: Spring Kafka does not announce each batch. */
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
   * Closes the record's scope if an observation's scope is around it: Spring Kafka closes that one
   * before it calls {@code afterRecord}, unless there are transactions.
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
