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
 *   <li>{@code Main} is the command line, {@code ReportFiles} writes its reports.
 *   <li>{@code CheckRun} runs the phases: {@code Calibration}, {@code CaseChecks}, {@code
 *       LoadCheck}, {@code RetryAndRedirectChecks}. {@code Judge} compares a call with a request;
 *       {@code LoadJudge} tells whose a call of a {@code ConcurrentBatch} is.
 *   <li>{@code ServiceUnderTest} sends through {@code RawClient}; calls come through a {@code
 *       Listener}. Both ends meet in {@code Events}, which one thread takes in their order.
 *   <li>{@code Probe} makes a request's headers, {@code SentValues} knows whose a value is.
 * </ul>
 *
 * <p>Client and listener are our own, because libraries repair or refuse the lines that the check
 * is about, answer a call in two packets that wait for each other, and cannot hang up. Depends on
 * no other module of this project; docs/check.md explains how it judges.
 */
@NullMarked
package io.github.tracingpropagation.check;

import org.jspecify.annotations.NullMarked;
