// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Checks from outside whether a service forwards tracing headers, and whether it mixes those of two
 * requests.
 *
 * <ul>
 *   <li>{@link io.github.tracingpropagation.check.PropagationCheck} starts the listeners and runs
 *       the check; {@link io.github.tracingpropagation.check.CheckReport} is its result.
 *   <li>{@link io.github.tracingpropagation.check.PropagationCase} is the table of header lines,
 *       and {@link io.github.tracingpropagation.check.Rule} what is checked.
 *   <li>{@code Main} is the command line.
 * </ul>
 *
 * <p>Needs HTTP/1.1 without TLS on both sides. Depends on no other module of this project.
 */
@NullMarked
package io.github.tracingpropagation.check;

import org.jspecify.annotations.NullMarked;
