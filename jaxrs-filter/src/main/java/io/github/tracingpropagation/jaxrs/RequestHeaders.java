// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.InboundHeaders;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adapts the headers of an inbound Jakarta REST request for the core. */
final class RequestHeaders implements InboundHeaders {
  private final Iterator<Map.Entry<String, List<String>>> entries;
  private String name = "";
  private List<@Nullable String> values = List.of();

  RequestHeaders(ContainerRequestContext request) {
    entries = request.getHeaders().entrySet().iterator();
  }

  @Override
  public boolean next() {
    if (!entries.hasNext()) {
      return false;
    }
    Map.Entry<String, List<String>> entry = entries.next();
    name = entry.getKey();
    values = entry.getValue();
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable String value() {
    return values.isEmpty() ? null : values.get(0);
  }

  @Override
  public Iterator<@Nullable String> values() {
    return values.iterator();
  }
}
