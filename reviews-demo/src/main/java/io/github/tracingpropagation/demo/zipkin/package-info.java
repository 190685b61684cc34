// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Zipkin: {@code ZipkinServer} runs the real server as a process, {@code ZipkinReporter} sends the
 * sidecars' spans to it, {@code ZipkinClient} reads traces from it. {@code TraceBackend} is what
 * the story needs of it or of another server.
 */
@NullMarked
package io.github.tracingpropagation.demo.zipkin;

import org.jspecify.annotations.NullMarked;
