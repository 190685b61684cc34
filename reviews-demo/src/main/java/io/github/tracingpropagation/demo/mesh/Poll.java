// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;

/** Queries a server that does not call back, until its answer is as expected. */
@FunctionalInterface
public interface Poll<T> {
  long INTERVAL_MILLIS = 20;

  T ask() throws IOException, InterruptedException;

  /** Returns the first answer that is as expected, or the last one before the time-out. */
  static <T> T until(Predicate<? super T> expected, Duration timeout, Poll<T> query)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    T answer = query.ask();
    while (!expected.test(answer) && System.nanoTime() < deadline) {
      Thread.sleep(INTERVAL_MILLIS);
      answer = query.ask();
    }
    return answer;
  }
}
