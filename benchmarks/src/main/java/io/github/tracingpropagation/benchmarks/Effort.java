// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a benchmark is measured.
 *
 * @param rounds how often: each is one fork of each contender in each case
 * @param warmups how many turns a fork has before it is measured
 * @param measurements how many turns count
 * @param turn how long each of them lasts: short, so that those that are compared are close
 * @param isQuick if what comes out means nothing
 */
record Effort(int rounds, int warmups, int measurements, TimeValue turn, boolean isQuick) {

  /** How that is told. */
  static final String QUICK = "quick, so the figures mean nothing: ";

  /** What the results are made with, after {@link Outbound#warmedUp}. */
  static Effort full(int rounds) {
    return new Effort(rounds, 10, 20, TimeValue.milliseconds(50), false);
  }

  /** Enough to see that a benchmark runs. */
  static Effort quick(int rounds) {
    return new Effort(rounds, 1, 2, TimeValue.milliseconds(20), true);
  }

  /** Returns the seconds that a fork measures and warms up. */
  double seconds() {
    return (warmups + measurements) * turn.convertTo(TimeUnit.MILLISECONDS) / 1000.0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%d rounds of one fork a contender, each of %d turns of %s after %d to warm up",
        isQuick ? QUICK : "",
        rounds,
        measurements,
        turn,
        warmups);
  }
}
