// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.grpc;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.grpc.Metadata;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the headers of a call that have a key, by gRPC's public methods, if {@link
 * MetadataLines} is not available.
 */
final class InboundMetadata implements InboundHeaders {
  private final Metadata metadata;
  private final Iterator<Metadata.Key<String>> keys;
  private String name = "";
  private Iterable<@Nullable String> lines = List.of();

  InboundMetadata(Metadata metadata, Iterable<Metadata.Key<String>> keys) {
    this.metadata = metadata;
    this.keys = keys.iterator();
  }

  @Override
  public boolean next() {
    while (keys.hasNext()) {
      Metadata.Key<String> key = keys.next();
      Iterable<@Nullable String> found = metadata.getAll(key);
      if (found != null) {
        name = key.name();
        lines = found;
        return true;
      }
    }
    return false;
  }

  @Override
  public String name() {
    return name;
  }

  /** Returns the first line; {@code Metadata.get} returns the last. */
  @Override
  public @Nullable String value() {
    return lines.iterator().next();
  }

  @Override
  public Iterator<@Nullable String> values() {
    return lines.iterator();
  }
}
