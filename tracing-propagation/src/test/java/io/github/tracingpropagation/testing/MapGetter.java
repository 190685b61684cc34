// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a map, as a message has its headers: each case of a name is a name of its own. */
public enum MapGetter implements TextMapGetter<Map<String, String>> {
  /** Tells the names that are there. */
  LISTS_NAMES,
  /** Leaves out what OpenTelemetry makes optional. */
  LOOKS_UP_ONLY;

  @Override
  @SuppressWarnings("deprecation")
  public Iterable<String> keys(Map<String, String> headers) {
    return this == LISTS_NAMES ? headers.keySet() : Set.of();
  }

  @Override
  public @Nullable String get(@Nullable Map<String, String> headers, String name) {
    return headers == null ? null : headers.get(name);
  }
}
