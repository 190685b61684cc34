// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.adapter.PropagationObserver;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Remembers which clients have refused to forward, for the endpoint. Thread-safe. */
final class Refusals implements PropagationObserver {
  /** A limit, because a reason may contain the name of a generated class. */
  static final int MAX = 100;

  private final Map<What, LongAdder> counts = new ConcurrentHashMap<>();

  private record What(String client, String reason) {}

  /**
   * A reason not to forward.
   *
   * @param client the client or the kind of call
   * @param reason why, in words
   * @param times how often
   */
  record Refusal(String client, String reason, long times) {}

  @Override
  public void refused(RefusalCause cause, String client, String reason) {
    What what = new What(client, reason);
    LongAdder count = counts.get(what);
    if (count == null && counts.size() < MAX) {
      count = counts.computeIfAbsent(what, key -> new LongAdder());
    }
    if (count != null) {
      count.increment();
    }
  }

  List<Refusal> all() {
    return counts.entrySet().stream()
        .map(of -> new Refusal(of.getKey().client, of.getKey().reason, of.getValue().sum()))
        .sorted(Comparator.comparing(Refusal::client).thenComparing(Refusal::reason))
        .toList();
  }
}
