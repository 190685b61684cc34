// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What forwarding costs, beside the other ways to do it.
 *
 * <p>A {@link io.github.tracingpropagation.benchmarks.Contender} takes the headers of a {@linkplain
 * io.github.tracingpropagation.benchmarks.Server server's} request and sets them on a {@linkplain
 * io.github.tracingpropagation.benchmarks.Client client's}: one hop.
 */
@NullMarked
package io.github.tracingpropagation.benchmarks;

import org.jspecify.annotations.NullMarked;
