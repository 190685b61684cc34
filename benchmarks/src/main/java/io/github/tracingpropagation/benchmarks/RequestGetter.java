// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** Reads a servlet request, as the filters of OpenTelemetry and of this library do. */
@SuppressWarnings("JdkObsolete") // the servlet API returns enumerations
enum RequestGetter implements TextMapGetter<HttpServletRequest> {
  INSTANCE;

  @Override
  @SuppressWarnings("deprecation") // this library reads the names that arrived
  public Iterable<String> keys(HttpServletRequest request) {
    return request.getHeaderNames()::asIterator;
  }

  @Override
  public @Nullable String get(@Nullable HttpServletRequest request, String name) {
    return request == null ? null : request.getHeader(name);
  }
}
