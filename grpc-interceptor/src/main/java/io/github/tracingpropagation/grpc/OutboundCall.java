// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.adapter.OutboundRequest;
import io.grpc.Metadata;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One outgoing call.
 *
 * @param host the channel's authority
 * @param hostHeader the authority that the call has in place of the channel's, or null
 * @param metadata the headers, to which others are added
 * @param keys the keys of the headers that may be added
 */
record OutboundCall(
    @Nullable String host,
    @Nullable String hostHeader,
    Metadata metadata,
    Map<String, Metadata.Key<String>> keys)
    implements OutboundRequest {

  @Override
  public Set<String> headerNames() {
    return metadata.keys();
  }

  /** Drops a value that gRPC would drop itself, which logs it at WARNING: one with a tab. */
  @Override
  public void setHeader(String name, String value) {
    Metadata.Key<String> key = keys.get(name);
    if (key == null || value.indexOf('\t') >= 0) {
      return;
    }
    try {
      metadata.put(key, value);
    } catch (IllegalArgumentException e) {
      // Not Base64, so it cannot be binary metadata.
    }
  }
}
