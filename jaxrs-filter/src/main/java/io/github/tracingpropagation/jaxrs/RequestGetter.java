// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads an inbound Jakarta REST request. */
enum RequestGetter implements TextMapGetter<ContainerRequestContext> {
  INSTANCE;

  @Override
  @SuppressWarnings("deprecation") // one pass over the names costs less than a look-up for each
  public Iterable<String> keys(ContainerRequestContext request) {
    return request.getHeaders().keySet();
  }

  @Override
  public @Nullable String get(@Nullable ContainerRequestContext request, String name) {
    return request == null ? null : request.getHeaders().getFirst(name);
  }

  @Override
  public Iterator<String> getAll(@Nullable ContainerRequestContext request, String name) {
    List<String> values = request == null ? null : request.getHeaders().get(name);
    return values == null ? Collections.emptyIterator() : values.iterator();
  }
}
