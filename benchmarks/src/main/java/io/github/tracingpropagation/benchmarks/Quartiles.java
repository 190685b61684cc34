// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The median of some numbers, and the quartiles, between which the middle half of them is. */
record Quartiles(double lower, double median, double upper) {

  static <T> Quartiles of(Collection<T> items, ToDoubleFunction<T> number) {
    double[] sorted = items.stream().mapToDouble(number).sorted().toArray();
    return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
  }

  /** Between two numbers it takes a point on the line from one to the other. */
  private static double at(double[] sorted, double quantile) {
    double place = quantile * (sorted.length - 1);
    int index = (int) place;
    double next = sorted[Math.min(index + 1, sorted.length - 1)];
    return sorted[index] + (place - index) * (next - sorted[index]);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median, lower, upper);
  }
}
