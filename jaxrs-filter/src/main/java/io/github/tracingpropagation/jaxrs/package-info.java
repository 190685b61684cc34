// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures the tracing headers of inbound Jakarta REST requests, and forwards them with Jakarta
 * REST client calls.
 */
@NullMarked
package io.github.tracingpropagation.jaxrs;

import org.jspecify.annotations.NullMarked;
