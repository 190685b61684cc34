// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Forwards the tracing headers of a service mesh from each inbound request to the outbound calls
 * that it causes.
 *
 * <p>Values are forwarded exactly as they arrived, or dropped if they could harm an outbound call.
 * Headers are never generated, and values are never logged.
 *
 * <p>Public types:
 *
 * <ul>
 *   <li>{@link io.github.tracingpropagation.TracingPropagation}: the configuration; {@code extract}
 *       captures, {@code inject} forwards. {@link
 *       io.github.tracingpropagation.TracingPropagationBuilder} builds it.
 *   <li>{@link io.github.tracingpropagation.CapturedHeaders}: the captured headers of one inbound
 *       request, in an OpenTelemetry {@link io.opentelemetry.context.Context}.
 *   <li>{@link io.github.tracingpropagation.TracingProvider}: which headers; {@link
 *       io.github.tracingpropagation.Destinations}: which hosts may receive them.
 *   <li>{@link io.github.tracingpropagation.RequestIdPropagatorProvider}: loaded by the
 *       OpenTelemetry SDK and agent.
 * </ul>
 *
 * <p>What adapters need besides is in {@link io.github.tracingpropagation.adapter}. In all modules,
 * what has no {@code @since} is in 0.1.0.
 *
 * <p>Package-private types, in the order in which a header passes them:
 *
 * <ol>
 *   <li>Read: {@code HeaderReader} iterates over {@code InboundHeaders}; {@code GetterHeaders}
 *       adapts a {@code TextMapGetter} to it. {@code HeaderFormat} validates each value.
 *   <li>Table: {@code HeaderTable} has an index for each header, which {@code NameIndex} finds by
 *       name. The known headers, with the rules of each, are in {@code Header}; those of one trace
 *       are a {@code HeaderFamily}. On the request path a set of headers is a 64-bit mask.
 *   <li>Snapshot: {@code CapturedHeaders} is a mask and an array of values ({@code PackedValues}).
 *   <li>Forward: {@code CapturedHeaders.forward}, called by {@code TracingPropagation.inject}, or
 *       by {@code Propagator} and {@code RequestIdPropagator} for OpenTelemetry.
 * </ol>
 *
 * <p>At configuration time:
 *
 * <ul>
 *   <li>Settings: {@code Settings} and its sources, one of them {@code MicroProfileConfig}; {@code
 *       SettingValues} parses the text; {@code HeaderNames} validates the additional headers.
 *   <li>Hosts: {@code Host} and {@code IpAddress} are what {@code Destinations} match.
 *   <li>Agents: {@code Agents} detects agents in this JVM, whose headers are not forwarded by
 *       default.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation;

import org.jspecify.annotations.NullMarked;
