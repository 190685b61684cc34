// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What one fork measured.
 *
 * @param round the round, from 1
 * @param point the parameters of the benchmark
 * @param turns the nanoseconds of an operation in each turn of the fork
 * @param bytes what an operation allocates
 */
record Sample(int round, Map<String, String> point, List<Double> turns, double bytes) {
  /** Returns the median of the turns. */
  double nanos() {
    return Spread.of(turns.stream().mapToDouble(Double::doubleValue)).median();
  }

  /** Returns how many times as long as another it took, by the median of their turns. */
  double ratio(Sample other) {
    return Spread.of(
            IntStream.range(0, turns.size()).mapToDouble(i -> turns.get(i) / other.turns.get(i)))
        .median();
  }
}
