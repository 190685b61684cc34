// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a servlet request. A container may refuse to list headers; it then returns null. */
@SuppressWarnings("JdkObsolete") // the servlet API speaks in enumerations
enum RequestGetter implements TextMapGetter<HttpServletRequest> {
  INSTANCE;

  @Override
  @SuppressWarnings("deprecation") // one pass over the names costs less than a look-up for each
  public Iterable<String> keys(HttpServletRequest request) {
    Enumeration<String> names = request.getHeaderNames();
    return names == null ? List.of() : names::asIterator;
  }

  @Override
  public @Nullable String get(@Nullable HttpServletRequest request, String name) {
    return request == null ? null : request.getHeader(name);
  }

  @Override
  public Iterator<String> getAll(@Nullable HttpServletRequest request, String name) {
    Enumeration<String> values = request == null ? null : request.getHeaders(name);
    return values == null ? Collections.emptyIterator() : values.asIterator();
  }
}
