// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;

/**
 * Makes the captured headers current for what writes the body of a response. That comes after the
 * response filters, and on another thread if the request was resumed there.
 *
 * <p>A class of its own, because RESTEasy takes nothing but filters from one that is pre-matching.
 */
final class ServerWriter implements WriterInterceptor {
  @Override
  @SuppressWarnings("try") // a scope is only there to be closed
  public void aroundWriteTo(WriterInterceptorContext response) throws IOException {
    if (response.getProperty(ServerFilter.CAPTURED) instanceof CapturedHeaders captured) {
      try (Scope scope = ServerFilter.open(captured)) {
        response.proceed();
      }
    } else {
      response.proceed(); // aborted before it came to the filter
    }
  }
}
