// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.Context;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Propagates the request's context to its output stream's listener. */
final class TracedResponse extends HttpServletResponseWrapper {
  private final Context context;
  private @Nullable TracedOutputStream output;

  TracedResponse(HttpServletResponse response, Context context) {
    super(response);
    this.context = context;
  }

  @Override
  public @Nullable ServletOutputStream getOutputStream() throws IOException {
    ServletOutputStream stream = super.getOutputStream();
    if (stream == null) {
      return null;
    }
    TracedOutputStream traced = output;
    if (traced == null || !traced.wraps(stream)) {
      traced = new TracedOutputStream(stream, context);
      output = traced;
    }
    return traced;
  }
}
