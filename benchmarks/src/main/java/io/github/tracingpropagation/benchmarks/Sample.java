// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.util.Map;

/**
 * What one fork measured.
 *
 * @param round the round, from 1
 * @param point the parameters of the benchmark
 * @param nanos the median time of an operation
 * @param bytes what an operation allocates
 */
record Sample(int round, Map<String, String> point, double nanos, double bytes) {}
