// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures the tracing headers of gRPC calls, and forwards them with gRPC calls.
 *
 * <p>The public types are {@link io.github.tracingpropagation.grpc.GrpcTracingPropagation}, which
 * installs the other two in builders: {@link
 * io.github.tracingpropagation.grpc.TracingPropagationServerInterceptor} and {@link
 * io.github.tracingpropagation.grpc.TracingPropagationClientInterceptor}. The others:
 *
 * <ul>
 *   <li>{@code HeaderKeys} creates gRPC's keys of the headers, binary ones as Base64.
 *   <li>{@code MetadataLines} iterates over the headers of a call that a server receives; {@code
 *       InboundMetadata} does if a release of gRPC gives no access to its lines.
 *   <li>{@code OutboundCall} presents a call and its authorities to the core.
 *   <li>{@code HeadersScope} makes headers current while gRPC calls the application.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.grpc;

import org.jspecify.annotations.NullMarked;
