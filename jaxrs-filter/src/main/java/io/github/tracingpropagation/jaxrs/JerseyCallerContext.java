// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/**
 * Jersey: stores the context of the caller. Of all that an application can register with Jersey's
 * client, only this interceptor runs on the caller's thread; the filters of an asynchronous call
 * run on an executor's thread.
 *
 * <p>Never overwrites a stored context: HttpAuthenticationFeature repeats a request on the thread
 * of the response, with the properties of the first one.
 */
final class JerseyCallerContext implements PreInvocationInterceptor {
  @Override
  public void beforeRequest(ClientRequestContext request) {
    if (request.getProperty(ClientFilter.CALLER_CONTEXT) == null) {
      request.setProperty(ClientFilter.CALLER_CONTEXT, Context.current());
    }
  }
}
