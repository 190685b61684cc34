// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures the tracing headers of the requests that Quarkus serves, and forwards them with its REST
 * clients. The dependency is all; an application needs none of these types. Quarkus finds them:
 *
 * <ul>
 *   <li>{@code CapturingHandler} captures each request, and produces the settings.
 *   <li>{@code RequestHeaders} keeps the headers with the request's Vert.x context, from which the
 *       core reads them.
 *   <li>{@code OwnContext} and {@code OwnContextFilter} return a request to that context where
 *       Quarkus has left it.
 *   <li>{@code HeadersContextProvider} passes them on with MicroProfile Context Propagation.
 *   <li>{@code CallersHeadersFilter} and {@code ForwardingFilter} forward them with REST clients,
 *       which {@code NewClientListener} restricts.
 *   <li>{@code GrpcInterceptors} captures and forwards with gRPC, if {@code Grpc} finds it.
 *   <li>{@code FaultTolerance} binds calls that SmallRye Fault Tolerance lets wait.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.quarkus;

import org.jspecify.annotations.NullMarked;
