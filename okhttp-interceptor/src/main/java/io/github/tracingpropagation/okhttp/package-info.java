// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the captured tracing headers with OkHttp calls.
 *
 * <p>The public types are {@link io.github.tracingpropagation.okhttp.OkHttpTracingPropagation} and
 * {@link io.github.tracingpropagation.okhttp.TracingPropagationInterceptor}. The others, in the
 * order that a call meets them:
 *
 * <ul>
 *   <li>{@code CallHeaders} stores the headers of the thread that creates a call.
 *   <li>{@code CallTagHeaders} stores them in a tag of the call (OkHttp 5.3 and later).
 *   <li>{@code WeakMapHeaders} stores them in a weak map (earlier releases).
 *   <li>{@code HeaderInjector} injects a call's headers into a request, for the host it goes to.
 *   <li>{@code WebSocketFactory} opens WebSockets, whose calls skip the network interceptors.
 *   <li>{@code HandshakeInterceptor} injects into a WebSocket's handshake and each redirect of it.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.okhttp;

import org.jspecify.annotations.NullMarked;
