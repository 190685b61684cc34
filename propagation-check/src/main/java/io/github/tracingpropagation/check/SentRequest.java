// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.List;

/** A request that was sent, and what it has led to so far. For the one thread that checks. */
final class SentRequest {
  /** The status of a request that did not reach the service, so that no call can come of it. */
  static final int NOT_SENT = -2;

  private static final int OPEN = -1;

  private final int number;
  private final Probe probe;
  private final List<Call> calls = new ArrayList<>();
  private int status = OPEN;

  SentRequest(int number, Probe probe) {
    this.number = number;
    this.probe = probe;
  }

  int number() {
    return number;
  }

  Probe probe() {
    return probe;
  }

  /** Returns the calls so far that carry its values. */
  List<Call> calls() {
    return calls;
  }

  void ended(int with) {
    status = with;
  }

  boolean isEnded() {
    return status != OPEN;
  }

  boolean isSent() {
    return status != NOT_SENT;
  }

  /** Returns the response's status, or 0 if none came. */
  int status() {
    return Math.max(0, status);
  }
}
