// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.quarkus;

import io.github.tracingpropagation.CapturedHeaders;
import jakarta.annotation.Priority;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.client.ClientRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Runs first, on the caller's thread: a filter that suspends may resume on another one. */
@Provider
@Priority(Integer.MIN_VALUE)
public final class CallersHeadersFilter implements ClientRequestFilter {
  private static final String PROPERTY = CallersHeadersFilter.class.getName();

  /** For Quarkus, which finds it in each application. */
  public CallersHeadersFilter() {}

  @Override
  public void filter(ClientRequestContext request) {
    if (!NewClientListener.isRefused(request)) {
      request.setProperty(PROPERTY, CapturedHeaders.current());
    }
  }

  /** Returns the headers of the caller. */
  static CapturedHeaders of(ClientRequestContext request) {
    return request.getProperty(PROPERTY) instanceof CapturedHeaders captured
        ? captured
        : CapturedHeaders.empty();
  }
}
