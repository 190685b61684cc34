// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

/** One slice, by another that ran beside it. */
record Ratio(double throughput, double p50, double p99) {

  static Ratio of(Slice slice, Slice by) {
    return new Ratio(
        slice.requestsPerSecond() / by.requestsPerSecond(),
        slice.micros(50) / by.micros(50),
        slice.micros(99) / by.micros(99));
  }
}
