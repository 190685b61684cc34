// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the service forwards of an ordinary request. Each header that it does not is reported once;
 * the other rules are then checked with those that it does.
 */
final class Capabilities {
  private final Set<String> headers = new HashSet<>();
  private final Set<Family> tracers = EnumSet.noneOf(Family.class);
  private final Set<String> missing = new HashSet<>();
  private final int bareCalls;

  /** Compares the answers to requests that carried every header. */
  Capabilities(Settings settings, List<Answer> answers) {
    for (Family family : settings.families()) {
      if (answers.stream().allMatch(answer -> isTracers(family, answer))) {
        tracers.add(family);
      }
      for (String header : family.headers()) {
        if (tracers.contains(family)
            || answers.stream().anyMatch(answer -> isForwarded(header, answer))) {
          headers.add(header);
        } else {
          missing.add(header);
        }
      }
    }
    bareCalls = answers.stream().mapToInt(Capabilities::bareCalls).min().orElse(0);
  }

  /** Returns how many calls of each request carry no header at all, beside others that do. */
  int bareCalls() {
    return bareCalls;
  }

  /** Returns whether a header is forwarded at least at times. */
  boolean forwards(String header) {
    return headers.contains(header);
  }

  /** Returns whether the service's own tracer writes a family: the same trace, its own span. */
  boolean isTracers(Family family) {
    return tracers.contains(family);
  }

  Set<Family> tracers() {
    return tracers;
  }

  Set<String> missing() {
    return missing;
  }

  private static int bareCalls(Answer answer) {
    return (int) answer.calls().stream().filter(call -> call.owners().isEmpty()).count();
  }

  private static boolean isForwarded(String header, Answer answer) {
    List<String> expected = answer.probe().expected(header);
    return answer.calls().stream()
        .map(call -> call.named(header).stream().map(ArrivedHeader::value).toList())
        .anyMatch(expected::equals);
  }

  private static boolean isTracers(Family family, Answer answer) {
    return (family == Family.B3 || family == Family.W3C)
        && answer.calls().stream().anyMatch(call -> hasOwnSpan(family, call, answer.request()));
  }

  private static boolean hasOwnSpan(Family family, Call call, int request) {
    List<ArrivedHeader> members =
        family.headers().stream().flatMap(name -> call.named(name).stream()).toList();
    boolean sameTrace =
        members.stream().anyMatch(header -> header.traceId() != null && header.owner() == request);
    boolean ownSpan =
        members.stream()
            .filter(header -> header.value() == null)
            .anyMatch(header -> Set.of("b3", "x-b3-spanid", "traceparent").contains(header.name()));
    return sameTrace && ownSpan;
  }
}
