// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.Context;
import jakarta.ws.rs.client.ClientRequestContext;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/**
 * Remembers where a call was made. Of all that Jersey's client lets run, this alone runs on the
 * caller's thread; the filters of an asynchronous call run on an executor's.
 */
final class JerseyCaller implements PreInvocationInterceptor {
  @Override
  public void beforeRequest(ClientRequestContext request) {
    request.setProperty(ClientFilter.CALLER, Context.current());
  }
}
