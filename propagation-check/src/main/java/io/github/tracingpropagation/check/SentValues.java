// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The values that the check has sent, and in which request. Threads may share it. */
final class SentValues {
  /** Shorter values, such as a decision, are the same in many requests. */
  private static final int MIN_UNIQUE = 10;

  private final Set<String> names = ConcurrentHashMap.newKeySet();
  private final Set<String> values = ConcurrentHashMap.newKeySet();

  /** Requests by header and value, so that a value in another header identifies none. */
  private final Map<String, Integer> owners = new ConcurrentHashMap<>();

  private final AtomicInteger numbers = new AtomicInteger(Call.FIRST_NUMBER);

  SentValues() {
    values.add(""); // An empty value is a value that a service makes of an absent one.
    for (Family family : Family.values()) {
      names.addAll(family.headers());
    }
  }

  /** Adds the lines of a request, and what a service may make of them; returns its number. */
  int add(Probe probe) {
    int request = numbers.getAndIncrement();
    Stream.of(probe.in(), probe.out()).flatMap(List::stream).forEach(line -> add(request, line));
    return request;
  }

  private void add(int request, String line) {
    String name = HeaderLine.name(line);
    String value = HeaderLine.value(line, name);
    names.add(name);
    values.add(value);
    // Servers and clients replace a tab, which is harmless.
    values.add(value.replace('\t', ' '));
    values.add(value.replace('\t', '?'));
    own(request, name + ":" + value, value);
    String traceId = TraceState.of(name, value).traceId();
    if (traceId != null) {
      own(request, traceId, traceId);
    }
    for (String member : members(name, value)) {
      values.add(member);
      own(request, name + ":" + member, member);
    }
  }

  /** Records the request of a value. A value that two requests bring identifies neither. */
  private void own(int request, String key, String value) {
    if (value.length() >= MIN_UNIQUE) {
      owners.merge(key, request, (one, two) -> one.equals(two) ? one : ArrivedHeader.NOBODY);
    }
  }

  private static List<String> members(String name, String value) {
    return name.equals("tracestate")
        ? Stream.of(value.split(",")).map(String::strip).toList()
        : List.of();
  }

  /** Returns what is kept of a header line; null if the check sent no header of this name. */
  @Nullable ArrivedHeader read(String line) {
    String name = HeaderLine.name(line);
    if (!names.contains(name)) {
      return null;
    }
    String value = HeaderLine.value(line, name);
    TraceState state = TraceState.of(name, value);
    Integer traceOwner = state.traceId() == null ? null : owners.get(state.traceId());
    List<String> members = members(name, value).stream().filter(values::contains).toList();
    return new ArrivedHeader(
        name,
        values.contains(value) ? value : null,
        members,
        traceOwner == null ? null : state.traceId(),
        state.sampled(),
        owner(name, value, traceOwner, members));
  }

  private int owner(String name, String value, @Nullable Integer traceOwner, List<String> members) {
    Integer owner = owners.getOrDefault(name + ":" + value, traceOwner);
    for (String member : members) {
      owner = owner == null ? owners.get(name + ":" + member) : owner;
    }
    return owner == null ? ArrivedHeader.NOBODY : owner;
  }
}
