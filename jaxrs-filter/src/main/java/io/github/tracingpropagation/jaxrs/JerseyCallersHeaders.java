// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.RxInvokerProvider;
import jakarta.ws.rs.core.Configuration;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.glassfish.jersey.client.spi.PreInvocationInterceptor;

/**
 * Jersey: stores the captured headers of the caller. Of all that an application can register with
 * Jersey's client, only this interceptor runs on the caller's thread; the filters of an
 * asynchronous call run on an executor's thread. Event sources, and an {@code RxInvoker} of another
 * library, make synchronous calls on any thread.
 *
 * <p>Never overwrites stored headers: HttpAuthenticationFeature repeats a request on the thread of
 * the response, with the properties of the first one.
 */
final class JerseyCallersHeaders implements PreInvocationInterceptor {
  private final TracingPropagation propagation;

  JerseyCallersHeaders(TracingPropagation propagation) {
    this.propagation = propagation;
  }

  @Override
  public void beforeRequest(ClientRequestContext request) {
    if (request.getProperty(ClientFilter.CALLERS_HEADERS) == null) {
      request.setProperty(
          ClientFilter.CALLERS_HEADERS,
          isEventSource(request) || hasRxInvokers(request.getConfiguration())
              ? CallersHeaders.of(request, propagation)
              : CapturedHeaders.current());
    }
  }

  private static boolean isEventSource(ClientRequestContext request) {
    return MediaType.SERVER_SENT_EVENTS_TYPE.equals(
        request.getHeaders().getFirst(HttpHeaders.ACCEPT));
  }

  private static boolean hasRxInvokers(Configuration configuration) {
    for (Class<?> type : configuration.getClasses()) {
      if (RxInvokerProvider.class.isAssignableFrom(type)) {
        return true;
      }
    }
    for (Object instance : configuration.getInstances()) {
      if (instance instanceof RxInvokerProvider) {
        return true;
      }
    }
    return false;
  }
}
