// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.stream.DoubleStream;

/**
 * The figures of several rounds.
 *
 * @param median the one in the middle
 * @param min the smallest
 * @param max the greatest
 */
record Spread(double median, double min, double max) {
  static Spread of(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("the results lack a case: measure without filters");
    }
    int middle = sorted.length / 2;
    return new Spread(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
