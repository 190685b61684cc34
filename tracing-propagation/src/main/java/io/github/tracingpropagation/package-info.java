// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the tracing headers of a service mesh from each inbound request to the outbound calls
 * that it causes.
 *
 * <p>The map of this package:
 *
 * <ul>
 *   <li>{@link io.github.tracingpropagation.TracingPropagation} is the configuration and does the
 *       work: {@code extract} captures, {@code inject} forwards.
 *   <li>{@link io.github.tracingpropagation.CapturedHeaders} is what was captured from one inbound
 *       request. It travels in an OpenTelemetry {@link io.opentelemetry.context.Context}, so
 *       whatever carries a context to another thread carries it along.
 *   <li>{@link io.github.tracingpropagation.TracingProvider} says which headers, {@link
 *       io.github.tracingpropagation.Destinations} says to which hosts.
 *   <li>{@link io.github.tracingpropagation.RequestIdPropagatorProvider} is for the OpenTelemetry
 *       SDK and agent, which find it by themselves.
 * </ul>
 *
 * <p>Values are forwarded exactly as they arrived or, when they could harm an outbound call, not at
 * all. Nothing is made up, and no value is ever logged.
 */
@NullMarked
package io.github.tracingpropagation;

import org.jspecify.annotations.NullMarked;
