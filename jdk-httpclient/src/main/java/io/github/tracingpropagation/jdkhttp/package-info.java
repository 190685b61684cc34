// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the captured tracing headers with {@link java.net.http.HttpClient}.
 *
 * <p>The public type is {@link io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation}. The
 * others:
 *
 * <ul>
 *   <li>{@code TracedHttpClient} injects the caller's headers into a copy of each request.
 *   <li>{@code DelegatingHttpClient} passes on the rest, also the methods that JDK 21 has added.
 *   <li>{@code TracedWebSocketBuilder} injects the caller's headers into each handshake.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.jdkhttp;

import org.jspecify.annotations.NullMarked;
