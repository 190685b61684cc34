// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * What the adapters of servers and clients share. An application needs none of it, unless it
 * forwards with a client that has no adapter.
 *
 * <ul>
 *   <li>Inbound: an adapter passes {@link io.github.tracingpropagation.adapter.InboundHeaders} to
 *       {@code TracingPropagation.capture}, and makes the result current while the request is
 *       handled.
 *   <li>Outbound: an adapter takes {@code CapturedHeaders.current()} where the call is made, and
 *       passes it with an {@link io.github.tracingpropagation.adapter.OutboundRequest} to {@code
 *       TracingPropagation.inject} on each hop.
 *   <li>A framework with its own context: a {@link
 *       io.github.tracingpropagation.adapter.CapturedHeadersSource} says where the snapshot is.
 *   <li>What is not forwarded: {@link io.github.tracingpropagation.adapter.OnceLogger} logs the
 *       cause and the remedy.
 *   <li>What happens: a {@link io.github.tracingpropagation.adapter.PropagationObserver} counts it.
 *   <li>Configuration: {@link io.github.tracingpropagation.adapter.Setting} has the keys, {@link
 *       io.github.tracingpropagation.adapter.EffectiveSetting} what is in force, {@link
 *       io.github.tracingpropagation.adapter.InvalidSettingException} the parts of an error.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.adapter;

import org.jspecify.annotations.NullMarked;
