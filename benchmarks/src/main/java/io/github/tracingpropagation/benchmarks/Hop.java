// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Forwards the tracing headers.
 *
 * @param <C> the type of the outgoing request
 */
@FunctionalInterface
interface Hop<C> {
  void forward(HttpServletRequest inbound, C outbound);
}
