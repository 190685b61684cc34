// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.lang.System.Logger.Level;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Which beans forward, and why others do not. Beans are added as the container creates them, also
 * after the start. Thread-safe.
 *
 * <p>Logs them when all singletons exist: at INFO how many forward and which do not, at DEBUG each
 * one. Logs a bean that is created later at DEBUG if it forwards, else at INFO. Not by an
 * application event, since a context also receives the events of its children.
 */
final class Inventory implements SmartInitializingSingleton {
  private static final System.Logger LOGGER = System.getLogger(Inventory.class.getName());

  private final Map<String, Entry> entries = new ConcurrentHashMap<>();
  private volatile boolean started;

  /**
   * A bean.
   *
   * @param kind its type in short, such as "RestTemplate" or "executor"
   * @param bean its name
   * @param reason why it does not forward, as a clause such as "its factory is not known"; null if
   *     it forwards
   */
  record Entry(String kind, String bean, @Nullable String reason) {
    boolean forwards() {
      return reason == null;
    }

    private String sentence() {
      String subject = "The " + kind + " `" + bean + "`";
      return forwards() ? subject + " forwards." : subject + " does not forward: " + reason + ".";
    }
  }

  /** Adds a bean, or replaces its entry. */
  void add(Entry entry) {
    boolean isNew = !entry.equals(entries.put(entry.bean(), entry));
    if (started && isNew) {
      LOGGER.log(entry.forwards() ? Level.DEBUG : Level.INFO, entry.sentence());
    }
  }

  /** Returns all beans so far, ordered by kind and name. */
  List<Entry> entries() {
    return entries.values().stream()
        .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::bean))
        .toList();
  }

  @Override
  public void afterSingletonsInstantiated() {
    started = true;
    List<Entry> all = entries();
    LOGGER.log(Level.INFO, InventorySummary.of(all));
    for (Entry entry : all) {
      LOGGER.log(Level.DEBUG, entry.sentence());
    }
  }
}
