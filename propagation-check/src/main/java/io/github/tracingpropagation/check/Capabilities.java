// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The headers that the service forwards for an ordinary request. Each missing header is reported
 * once; the other rules are then checked with the rest.
 */
final class Capabilities {
  private final Set<String> headers = new HashSet<>();
  private final Set<Family> tracers = EnumSet.noneOf(Family.class);
  private final Set<String> missing = new HashSet<>();

  /** Compares the calls of requests that carried every header. */
  Capabilities(Settings settings, List<RequestResult> results) {
    for (Family family : settings.families) {
      if (results.stream().allMatch(result -> isTracers(family, result))) {
        tracers.add(family);
      }
      for (String header : family.headers()) {
        if (results.stream().anyMatch(result -> isForwarded(header, result))) {
          headers.add(header);
        } else {
          missing.add(header);
        }
      }
    }
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

  /** A tracer writes its family in its own way, but what other tracers left in tracestate stays. */
  private boolean isForwarded(String header, RequestResult result) {
    Family family = Family.of(header);
    boolean ownFamily = family != null && tracers.contains(family);
    if (ownFamily && !header.equals("tracestate")) {
      return true;
    }
    List<String> expected = result.probe().expected(header);
    return result.calls().stream()
        .map(call -> call.named(header))
        .anyMatch(
            lines ->
                ownFamily
                    ? Judge.hasMembers(expected, lines)
                    : expected.equals(lines.stream().map(ArrivedHeader::value).toList()));
  }

  private static boolean isTracers(Family family, RequestResult result) {
    int number = result.request().number();
    return (family == Family.B3 || family == Family.W3C)
        && result.calls().stream().anyMatch(call -> hasOwnSpan(family, call, number));
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
