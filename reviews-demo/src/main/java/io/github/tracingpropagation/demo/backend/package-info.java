// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The servers that store traces: {@code TraceBackend} is what the story needs, {@code ZipkinClient}
 * and {@code JaegerClient} ask for it over HTTP. {@code ZipkinServer} runs a Zipkin as a child
 * process.
 */
@NullMarked
package io.github.tracingpropagation.demo.backend;

import org.jspecify.annotations.NullMarked;
