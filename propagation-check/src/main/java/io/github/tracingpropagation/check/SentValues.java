// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that the check has sent, and in which request. Threads may share it. */
final class SentValues {
  /** Shorter values, such as a decision, are the same in many requests. */
  private static final int MIN_UNIQUE = 10;

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<String> values = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> owners = new ConcurrentHashMap<>();

  SentValues() {
    for (Family family : Family.values()) {
      names.addAll(family.headers());
    }
  }

  /** Adds the lines of a request, and what a service may make of them. */
  void add(int request, Probe probe) {
    Stream.of(probe.in(), probe.out()).flatMap(List::stream).forEach(line -> add(request, line));
  }

  private void add(int request, String line) {
    String name = HttpMessage.name(line);
    String value = HttpMessage.value(line, name);
    names.add(name);
    values.add(value);
    // Servers and clients replace a tab, which is harmless.
    values.add(value.replace('\t', ' '));
    values.add(value.replace('\t', '?'));
    if (value.length() >= MIN_UNIQUE) {
      owners.put(name + ":" + value, request);
    }
    String traceId = TraceState.of(name, value).traceId();
    if (traceId != null && traceId.length() >= MIN_UNIQUE) {
      owners.put(traceId, request);
    }
  }

  /** Returns what is kept of a header line; null if the check sent no header of this name. */
  @Nullable ArrivedHeader read(String line) {
    String name = HttpMessage.name(line);
    if (!names.contains(name)) {
      return null;
    }
    String value = HttpMessage.value(line, name);
    TraceState state = TraceState.of(name, value);
    Integer traceOwner = state.traceId() == null ? null : owners.get(state.traceId());
    Integer owner = owners.get(name + ":" + value);
    if (owner == null) {
      owner = traceOwner;
    }
    return new ArrivedHeader(
        name,
        values.contains(value) ? value : null,
        traceOwner == null ? null : state.traceId(),
        state.sampled(),
        owner == null ? ArrivedHeader.NOBODY : owner);
  }
}
