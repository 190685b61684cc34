// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.github.tracingpropagation.adapter.OutboundRequest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An outgoing request that records what is set.
 *
 * @param headerNames what the request already has
 * @param added the headers that were set
 */
public record MapRequest(
    @Nullable String host,
    @Nullable String hostHeader,
    Collection<String> headerNames,
    Map<String, String> added)
    implements OutboundRequest {

  /** Returns a request to a host, which has these headers. */
  public static MapRequest to(@Nullable String host, String... headerNames) {
    return new MapRequest(host, null, List.of(headerNames), new LinkedHashMap<>());
  }

  @Override
  public void setHeader(String name, String value) {
    if (added.put(name, value) != null) {
      throw new AssertionError("set twice: " + name);
    }
  }
}
