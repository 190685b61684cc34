// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Checks from outside whether a service forwards tracing headers, and whether it mixes those of two
 * requests. docs/check.md explains how it judges. One package, since all but the API is hidden:
 *
 * <ul>
 *   <li><b>API:</b> {@link io.github.tracingpropagation.check.PropagationCheckBuilder} has the
 *       options, {@link io.github.tracingpropagation.check.PropagationCheck} runs the check, {@link
 *       io.github.tracingpropagation.check.CheckReport} has a {@link
 *       io.github.tracingpropagation.check.CheckResult} for each {@link
 *       io.github.tracingpropagation.check.Rule}, {@link
 *       io.github.tracingpropagation.check.PropagationCase} is the table of header lines.
 *   <li><b>Command line:</b> {@code Main}, its {@code Options} (help in {@code
 *       options.properties}), {@code ReportFiles} for JSON, JUnit and GitHub.
 *   <li><b>Phases,</b> in the order of {@code CheckRun}: {@code Calibration} learns a {@code
 *       CallProfile} and the {@code Capabilities}; {@code CaseChecks} sends the table; {@code
 *       LoadCheck} sends each {@code ConcurrentBatch} of requests, {@code LoadJudge} judges it;
 *       {@code RetryAndRedirectChecks}.
 *   <li><b>Verdicts:</b> {@code Judge} compares a call with the {@code Probe}, the headers of a
 *       request; {@code Findings} collects what is wrong.
 *   <li><b>Service:</b> {@code ServiceUnderTest} is what the phases talk to. A {@code SentRequest}
 *       leaves through {@code RequestSender}; a {@code Call} arrives at a {@code Listener}; {@code
 *       Wire} has what both need of Netty. {@code GrpcJson} encodes messages of gRPC. {@code
 *       SentValues} knows which request brought the value of an {@code ArrivedHeader}. Both ends
 *       meet in the queue of {@code Events}.
 * </ul>
 *
 * <p>The package depends on no other module of this project.
 */
@NullMarked
package io.github.tracingpropagation.check;

import org.jspecify.annotations.NullMarked;
