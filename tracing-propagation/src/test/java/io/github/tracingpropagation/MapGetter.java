// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a map with case-sensitive names, as the headers of a message. */
enum MapGetter implements TextMapGetter<Map<String, String>> {
  /** {@code keys} returns the names in the map. */
  LISTS_NAMES,
  /** {@code keys} returns nothing, which OpenTelemetry allows. */
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
