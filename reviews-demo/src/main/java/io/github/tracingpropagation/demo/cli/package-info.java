// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: {@code run}, {@code run reviews} and {@code run ratings}. Exit status 2 means
 * that an option or an environment variable is invalid.
 */
@NullMarked
package io.github.tracingpropagation.demo.cli;

import org.jspecify.annotations.NullMarked;
