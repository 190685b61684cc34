// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.time.Duration;

/** Points in time, by {@link System#nanoTime}. */
final class Timing {
  private Timing() {}

  static long in(Duration duration) {
    return System.nanoTime() + duration.toNanos();
  }

  static boolean isOver(long deadline) {
    return System.nanoTime() - deadline >= 0;
  }

  static Duration since(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
