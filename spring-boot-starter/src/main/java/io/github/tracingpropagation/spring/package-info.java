// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures and forwards tracing headers in Spring Boot applications. There is nothing to call: the
 * dependency is enough.
 */
@NullMarked
package io.github.tracingpropagation.spring;

import org.jspecify.annotations.NullMarked;
