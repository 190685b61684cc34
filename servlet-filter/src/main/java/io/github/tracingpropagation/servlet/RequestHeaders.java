// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.InboundHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Reads any servlet request. A container may refuse to list headers; it then returns null. */
@SuppressWarnings("JdkObsolete") // the servlet API speaks in enumerations
final class RequestHeaders implements InboundHeaders {
  private final HttpServletRequest request;
  private final @Nullable Enumeration<String> names;
  private String name = "";

  RequestHeaders(HttpServletRequest request) {
    this.request = request;
    this.names = request.getHeaderNames();
  }

  @Override
  public boolean next() {
    if (names == null || !names.hasMoreElements()) {
      return false;
    }
    name = names.nextElement();
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable String value() {
    return request.getHeader(name);
  }

  @Override
  public Iterator<@Nullable String> values() {
    Enumeration<@Nullable String> values = request.getHeaders(name);
    return values == null ? Collections.emptyIterator() : values.asIterator();
  }
}
