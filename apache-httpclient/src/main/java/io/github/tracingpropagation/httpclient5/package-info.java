// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the captured tracing headers with Apache HttpClient 5.
 *
 * <p>The public type is {@link
 * io.github.tracingpropagation.httpclient5.ApacheHttpTracingPropagation}. The others, in the order
 * that a call of the asynchronous client meets them; the classic client needs only the last:
 *
 * <ul>
 *   <li>{@code CallersHeaders} carries the headers of the calling thread along an exchange.
 *   <li>{@code TracedRequest} is the request of one hop, with these headers and the host connected
 *       to.
 *   <li>{@code HeaderInjector} injects the headers into a hop's request.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.httpclient5;

import org.jspecify.annotations.NullMarked;
