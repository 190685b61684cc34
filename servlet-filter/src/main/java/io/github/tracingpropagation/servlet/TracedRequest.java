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

/** Propagates the request's context to its async context and its input stream's listener. */
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

  /** Returns whether the request is a {@code TracedRequest} or wraps one. */
  static boolean isIn(ServletRequest request) {
    return request instanceof TracedRequest
        || (request instanceof ServletRequestWrapper wrapper
            && wrapper.isWrapperFor(TracedRequest.class));
  }

  @Override
  public @Nullable AsyncContext startAsync() {
    return wrap(super.startAsync());
  }

  /**
   * Unwraps our wrappers, so that {@link AsyncContext#hasOriginalRequestAndResponse} returns the
   * same as without the filter.
   */
  @Override
  public @Nullable AsyncContext startAsync(ServletRequest request, ServletResponse response) {
    return wrap(
        super.startAsync(
            request == this ? getRequest() : request,
            response == this.response ? this.response.getResponse() : response));
  }

  @Override
  public @Nullable AsyncContext getAsyncContext() {
    return wrap(super.getAsyncContext());
  }

  /**
   * Returns the same wrapper for the same async context, as containers do. Null for null, which
   * only mock requests return.
   */
  @Nullable TracedAsyncContext wrap(@Nullable AsyncContext started) {
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
