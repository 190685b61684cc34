// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * A sidecar: Jetty's reverse proxy, with {@code TracingHandler} for what Istio's Envoy does with
 * tracing headers. Spans are Brave's.
 */
@NullMarked
package io.github.tracingpropagation.demo.sidecar;

import org.jspecify.annotations.NullMarked;
