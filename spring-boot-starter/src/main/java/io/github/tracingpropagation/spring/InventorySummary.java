// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An {@link Inventory} in one line. */
final class InventorySummary {
  private InventorySummary() {}

  /**
   * Returns for example {@code Forwarding: 3 RestTemplate, 2 executors; not: executor `reports` (it
   * has a PriorityBlockingQueue)}.
   */
  static String of(List<Inventory.Entry> entries) {
    Map<String, Integer> forwarding = new LinkedHashMap<>();
    Map<KindAndReason, List<String>> others = new LinkedHashMap<>();
    for (Inventory.Entry entry : entries) {
      if (entry.reason() == null) {
        forwarding.merge(entry.kind(), 1, Integer::sum);
      } else {
        others
            .computeIfAbsent(
                new KindAndReason(entry.kind(), entry.reason()), key -> new ArrayList<>())
            .add("`" + entry.bean() + "`");
      }
    }
    String counts =
        forwarding.isEmpty()
            ? "no client or executor bean"
            : forwarding.entrySet().stream()
                .map(of -> of.getValue() + " " + plural(of.getKey(), of.getValue()))
                .collect(Collectors.joining(", "));
    String not =
        others.entrySet().stream()
            .map(of -> of.getKey().of(of.getValue()))
            .collect(Collectors.joining(", "));
    return "Forwarding: " + counts + (not.isEmpty() ? "" : "; not: " + not);
  }

  private record KindAndReason(String kind, String reason) {
    private String of(List<String> beans) {
      return plural(kind, beans.size()) + " " + String.join(", ", beans) + " (" + reason + ")";
    }
  }

  /** Returns the plural of a word such as "executor"; names of classes have none. */
  private static String plural(String kind, int count) {
    boolean isWord = kind.substring(kind.lastIndexOf(' ') + 1).matches("[a-z]+");
    if (count == 1 || !isWord) {
      return kind;
    }
    return kind.endsWith("y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
  }
}
