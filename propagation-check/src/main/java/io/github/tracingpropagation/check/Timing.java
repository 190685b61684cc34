// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;

/** Points in time, by {@link System#nanoTime}. */
final class Timing {
  private Timing() {}

  /** Returns the time after a part of a duration from now. */
  static long in(Duration duration, int numerator, int denominator) {
    return System.nanoTime() + part(duration, numerator, denominator).toNanos();
  }

  static Duration part(Duration duration, int numerator, int denominator) {
    return duration.multipliedBy(numerator).dividedBy(denominator);
  }

  static boolean isOver(long deadline) {
    return System.nanoTime() - deadline >= 0;
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
