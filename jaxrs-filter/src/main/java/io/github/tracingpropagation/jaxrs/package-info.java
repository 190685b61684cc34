// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
/**
 * Captures the tracing headers of inbound Jakarta REST requests, and forwards them with Jakarta
 * REST client calls.
 *
 * <p>{@link TracingPropagationFeature} is the whole public API. It detects the engine, {@code
 * Engine}, and registers what that engine needs:
 *
 * <ul>
 *   <li><b>Server.</b> Jakarta REST has no callback that always runs at the end of a request on its
 *       thread, so each engine closes the scope in its own way:
 *       <ul>
 *         <li>Jersey: {@code JerseyListener} opens and closes a scope for each part of a request,
 *             on Jersey's events.
 *         <li>RESTEasy and CXF: {@code ServerFilter} captures and opens the scope, {@code
 *             ServerWriterInterceptor} opens it again to write the body.
 *         <li>RESTEasy: {@code ResteasyContextData} closes it at the end of the dispatch.
 *         <li>CXF: {@code CxfInterceptor} closes it, and opens one around the resource method.
 *       </ul>
 *   <li><b>Client.</b> The standard does not say on which thread a filter runs, nor whether the
 *       client follows redirects:
 *       <ul>
 *         <li>all: {@code ClientFilter} forwards; it runs last.
 *         <li>Jersey: {@code JerseyCallersHeaders} keeps the caller's context for an asynchronous
 *             call.
 *         <li>all others: {@code CallersHeaders} forwards nothing from a thread that may not have
 *             the caller's context.
 *         <li>RESTEasy: {@code InvocationReuse} forwards with the first execution only.
 *         <li>If hosts are named: {@code RedirectCheck}, by {@code JerseyRedirects}, {@code
 *             ResteasyRedirects}, {@code CxfRedirects} and {@code LaterFilters}.
 *       </ul>
 * </ul>
 */
@NullMarked
package io.github.tracingpropagation.jaxrs;

import org.jspecify.annotations.NullMarked;
