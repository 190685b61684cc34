// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Jaeger: {@code JaegerClient} reads traces from its query API; the sidecars report Zipkin's spans
 * to it.
 */
@NullMarked
package io.github.tracingpropagation.demo.jaeger;

import org.jspecify.annotations.NullMarked;
