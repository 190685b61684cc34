// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Keeps the captured headers for whatever the request hands over to the container's threads. */
final class TracedRequest extends HttpServletRequestWrapper {
  private final TracedResponse response;
  private final Context context;
  private @Nullable TracedAsyncContext async;
  private @Nullable TracedInputStream input;

  TracedRequest(HttpServletRequest request, TracedResponse response, Context context) {
    super(request);
    this.response = response;
    this.context = context;
  }

  /** Tells whether a request is, or wraps, one of these. */
  static boolean isIn(ServletRequest request) {
    return request instanceof TracedRequest
        || (request instanceof ServletRequestWrapper wrapper
            && wrapper.isWrapperFor(TracedRequest.class));
  }

  @Override
  public @Nullable AsyncContext startAsync() {
    return traced(super.startAsync());
  }

  /** The container gets its own objects back, so that it can tell that they are the original. */
  @Override
  public @Nullable AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return traced(
        super.startAsync(
            request == this ? getRequest() : request,
            response == this.response ? this.response.getResponse() : response));
  }

  @Override
  public @Nullable AsyncContext getAsyncContext() {
    return traced(super.getAsyncContext());
  }

  /**
   * Returns the same object for the same asynchronous cycle, as containers do; null for null, which
   * only mock requests return.
   */
  @Nullable TracedAsyncContext traced(@Nullable AsyncContext started) {
    if (started == null) {
      return null;
    }
    TracedAsyncContext traced = async;
    if (traced == null || !traced.wraps(started)) {
      traced = new TracedAsyncContext(started, this, response, context);
      async = traced;
    }
    return traced;
  }

  @Override
  public @Nullable ServletInputStream getInputStream() throws IOException {
    ServletInputStream stream = super.getInputStream();
    if (stream == null) {
      return null;
    }
    TracedInputStream traced = input;
    if (traced == null || !traced.wraps(stream)) {
      traced = new TracedInputStream(stream, context);
      input = traced;
    }
    return traced;
  }
}
