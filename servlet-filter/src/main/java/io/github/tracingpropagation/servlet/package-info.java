// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/** Captures the tracing headers of inbound Jakarta Servlet requests. */
@NullMarked
package io.github.tracingpropagation.servlet;

import org.jspecify.annotations.NullMarked;
