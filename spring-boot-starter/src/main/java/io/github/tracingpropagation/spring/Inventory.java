// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which beans forward, and why others do not. Beans are added as the container creates them, also
 * after the start. Thread-safe.
 */
final class Inventory {
  private final Map<String, Entry> entries = new ConcurrentHashMap<>();

  /**
   * A bean.
   *
   * @param kind its type in short, such as "RestTemplate" or "executor"
   * @param bean its name
   * @param reason why it does not forward, as a clause such as "its factory is not known"; null if
   *     it forwards
   */
  record Entry(String kind, String bean, @Nullable String reason) {}

  /** Adds a bean, or replaces what is said of it. */
  void add(Entry entry) {
    entries.put(entry.bean(), entry);
  }

  /** Returns all beans so far, ordered by kind and name. */
  List<Entry> entries() {
    return entries.values().stream()
        .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::bean))
        .toList();
  }
}
