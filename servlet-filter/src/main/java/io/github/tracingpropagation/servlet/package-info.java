// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures the tracing headers of inbound Jakarta Servlet requests.
 *
 * <p>{@link io.github.tracingpropagation.servlet.TracingPropagationFilter} is the only public type.
 * The others, in the order that a request meets them:
 *
 * <ul>
 *   <li>{@code RequestReader} captures the headers in the fastest way that the request supports.
 *   <li>{@code ContainerHeaders} iterates over a container's internal list of headers.
 *   <li>{@code TomcatRequest} finds Tomcat's own request, and recognises that of a static file.
 *   <li>{@code TomcatHeaders} reads Tomcat's list, without a string for each name.
 *   <li>{@code JettyHeaders} reads Jetty's list.
 *   <li>{@code ServletApiHeaders} reads any other request through the servlet API.
 *   <li>{@code TracedRequest} wraps the request, for its async context and its input stream.
 *   <li>{@code TracedResponse} wraps the response, for its output stream.
 *   <li>{@code TracedAsyncContext} propagates the context to tasks and {@code AsyncListener}s.
 *   <li>{@code TracedInputStream} propagates the context to a {@code ReadListener}.
 *   <li>{@code TracedOutputStream} propagates the context to a {@code WriteListener}.
 *   <li>{@code ContextCallback} chooses the context of a callback and runs the callback with it.
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.servlet;

import org.jspecify.annotations.NullMarked;
