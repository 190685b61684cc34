// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.adapter.InboundHeaders;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the headers of any request through the servlet API, which lets a container return null
 * instead of an enumeration: no header is captured then.
 */
@SuppressWarnings("JdkObsolete") // the servlet API returns Enumeration
final class ServletApiHeaders implements InboundHeaders {
  private final HttpServletRequest request;
  private final @Nullable Enumeration<String> names;
  private String name = "";

  ServletApiHeaders(HttpServletRequest request) {
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
