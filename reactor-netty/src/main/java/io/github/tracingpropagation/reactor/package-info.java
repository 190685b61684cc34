// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the captured tracing headers with the HTTP client of Reactor Netty.
 *
 * <p>The public type is {@link
 * io.github.tracingpropagation.reactor.ReactorNettyTracingPropagation}.
 */
@NullMarked
package io.github.tracingpropagation.reactor;

import org.jspecify.annotations.NullMarked;
