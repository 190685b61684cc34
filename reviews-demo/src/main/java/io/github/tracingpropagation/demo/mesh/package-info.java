// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The gateway and the sidecars. {@code BuiltInSidecars} are Jetty's reverse proxy, with {@code
 * TracingHandler} for what Istio's Envoy does with tracing headers; their spans are Brave's. {@code
 * EnvoySidecars} are real Envoys, with the YAML files beside it as Istio's pilot would write them.
 */
@NullMarked
package io.github.tracingpropagation.demo.mesh;

import org.jspecify.annotations.NullMarked;
