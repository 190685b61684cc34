// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/**
 * Remembers where a call was made. Of all that Jersey's client lets run, this alone runs on the
 * caller's thread; the filters of an asynchronous call run on an executor's.
 *
 * <p>HttpAuthenticationFeature repeats a request on the thread of the response, with the properties
 * of the first: that one's caller stays.
 */
final class JerseyCaller implements PreInvocationInterceptor {
  @Override
  public void beforeRequest(ClientRequestContext request) {
    if (request.getProperty(ClientFilter.CALLER) == null) {
      request.setProperty(ClientFilter.CALLER, Context.current());
    }
  }
}
