// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Makes the captured headers current while the body of a response is written: after the response
 * filters, and on another thread if the request was resumed there. The scope is opened and closed
 * in one method.
 *
 * <p>Not part of {@link ServerFilter}: RESTEasy ignores the other interfaces of a pre-matching
 * filter.
 */
final class ServerWriterInterceptor implements WriterInterceptor {
  @Override
  @SuppressWarnings("try") // the scope is only closed
  public void aroundWriteTo(WriterInterceptorContext response) throws IOException {
    if (response.getProperty(ServerFilter.CAPTURED) instanceof CapturedHeaders captured) {
      try (Scope scope = ServerFilter.openScope(captured)) {
        response.proceed();
      }
    } else {
      response.proceed(); // another filter aborted the request before ServerFilter
    }
  }
}
