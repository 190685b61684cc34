// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Iterates over the entries of a map from header name to lines. */
final class EntryHeaders implements InboundHeaders {
  private final Iterator<? extends Map.Entry<String, List<String>>> entries;
  private String name = "";
  private List<@Nullable String> lines = List.of();

  EntryHeaders(Iterator<? extends Map.Entry<String, List<String>>> entries) {
    this.entries = entries;
  }

  @Override
  public boolean next() {
    if (!entries.hasNext()) {
      return false;
    }
    Map.Entry<String, List<String>> entry = entries.next();
    name = entry.getKey();
    lines = entry.getValue();
    return true;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public @Nullable String value() {
    return lines.isEmpty() ? null : lines.get(0);
  }

  @Override
  public Iterator<@Nullable String> values() {
    return lines.iterator();
  }
}
