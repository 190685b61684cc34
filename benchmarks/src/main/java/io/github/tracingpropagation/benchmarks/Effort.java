// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a benchmark is measured.
 *
 * @param rounds how often: each is one fork of each case, so that whatever else the machine does
 *     meets all contenders alike
 * @param warmups how many iterations a fork runs before it measures
 * @param warmup how long each of them lasts
 * @param measurements how many iterations count, by their median
 * @param measurement how long each of them lasts: short, so that a disturbance spoils one of many
 * @param isQuick if what comes out means nothing
 */
record Effort(
    int rounds,
    int warmups,
    TimeValue warmup,
    int measurements,
    TimeValue measurement,
    boolean isQuick) {

  /** How that is told. */
  static final String QUICK = "quick, so the figures mean nothing: ";

  /** What the results are made with, after {@link Outbound#warmedUp}. */
  static Effort full(int rounds) {
    return new Effort(
        rounds, 6, TimeValue.milliseconds(100), 12, TimeValue.milliseconds(80), false);
  }

  /** Enough to see that a benchmark runs. */
  static Effort quick(int rounds) {
    return new Effort(rounds, 1, TimeValue.milliseconds(50), 2, TimeValue.milliseconds(20), true);
  }

  /** Returns the seconds that a fork runs, beside what it needs to start and to stop. */
  double seconds() {
    return (warmups * warmup.convertTo(TimeUnit.MILLISECONDS)
            + measurements * measurement.convertTo(TimeUnit.MILLISECONDS))
        / 1000.0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s%d rounds of one fork a case, each %d × %s to warm up and the median of %d × %s",
        isQuick ? QUICK : "",
        rounds,
        warmups,
        warmup,
        measurements,
        measurement);
  }
}
