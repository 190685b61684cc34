// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

/** One slice, by another that ran beside it. */
record Ratio(double throughput, double p50, double p99) {

  static Ratio of(TrafficRow slice, TrafficRow by) {
    return new Ratio(
        slice.throughput() / by.throughput(), slice.p50() / by.p50(), slice.p99() / by.p99());
  }
}
