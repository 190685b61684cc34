// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the calls of a request with its headers. */
final class Judge {
  /** Whether a call carries what it should. */
  enum Verdict {
    RIGHT,
    /** It would be right without its empty headers and those that the request did not bring. */
    INVENTED,
    /** It carries no header of the request, though it should. */
    BARE,
    WRONG
  }

  private final Settings settings;
  private final Capabilities capabilities;

  Judge(Settings settings, Capabilities capabilities) {
    this.settings = settings;
    this.capabilities = capabilities;
  }

  Verdict judge(Probe probe, Call call) {
    if (isRight(probe, call, Set.of())) {
      return Verdict.RIGHT;
    }
    Set<String> empty =
        call.headers().stream()
            .filter(ArrivedHeader::isEmpty)
            .map(ArrivedHeader::name)
            .collect(Collectors.toSet());
    List<ArrivedHeader> others =
        call.headers().stream()
            .filter(header -> !header.isEmpty())
            .filter(header -> header.value() != null || probe.brings(header.name()))
            .toList();
    if (others.size() < call.headers().size() && isRight(probe, call.with(others), empty)) {
      return Verdict.INVENTED;
    }
    return call.isBare() ? Verdict.BARE : Verdict.WRONG;
  }

  /** Returns whether a call has a value that was sent, but not in this request. */
  boolean hasForeignValue(Probe probe, Call call) {
    return call.headers().stream()
            .filter(
                header -> settings.requires(header.name()) && capabilities.forwards(header.name()))
            .filter(header -> header.value() != null && !header.isEmpty())
            .anyMatch(header -> !probe.expected(header.name()).contains(header.value()))
        || capabilities.tracers().stream().anyMatch(family -> !continuesTrace(family, probe, call));
  }

  /** Returns whether a row is about a header that the service must forward. */
  boolean isRelevant(PropagationCase row) {
    return row.in().stream()
        .map(HeaderLine::name)
        .anyMatch(name -> settings.requires(name) && capabilities.forwards(name));
  }

  private boolean isRight(Probe probe, Call call, Set<String> but) {
    return !hasApplicationHeaders(call)
        && settings.families.stream().allMatch(family -> isRight(family, probe, call, but));
  }

  private boolean isRight(Family family, Probe probe, Call call, Set<String> but) {
    if (!capabilities.isTracers(family)) {
      return family.headers().stream()
          .filter(capabilities::forwards)
          .filter(header -> !but.contains(header))
          .allMatch(header -> isEqual(probe.expected(header), call.named(header)));
    }
    return continuesTrace(family, probe, call)
        && (!family.headers().contains("tracestate")
            || !capabilities.forwards("tracestate")
            || hasMembers(probe.expected("tracestate"), call.named("tracestate")));
  }

  /** Returns whether a list has the members that were sent, among others maybe. */
  static boolean hasMembers(List<String> expected, List<ArrivedHeader> lines) {
    List<String> arrived = lines.stream().flatMap(line -> line.members().stream()).toList();
    return expected.stream()
        .flatMap(value -> Stream.of(value.split(",")))
        .allMatch(member -> arrived.contains(member.strip()));
  }

  private static boolean isEqual(List<String> expected, List<ArrivedHeader> actual) {
    if (actual.size() > 1 && actual.get(0).name().equals("tracestate")) {
      // Several lines are one list, by W3C.
      return expected.equals(List.of(String.join(",", actual.stream().map(Judge::text).toList())));
    }
    return actual.size() == expected.size()
        && (actual.isEmpty()
            || expected.get(0).equals(actual.get(0).value())
            || isTabReplaced(expected.get(0), actual.get(0).value())
            || isLaterVersion(expected.get(0), actual.get(0)));
  }

  /** By W3C, a later version of traceparent may be sent on as one of version 00. */
  private static boolean isLaterVersion(String expected, ArrivedHeader actual) {
    return actual.name().equals("traceparent")
        && !expected.startsWith("00-")
        && TraceState.of("traceparent", expected)
            .equals(new TraceState(actual.traceId(), actual.sampled()));
  }

  private static boolean isTabReplaced(String expected, @Nullable String actual) {
    return expected.indexOf('\t') >= 0
        && (expected.replace('\t', ' ').equals(actual)
            || expected.replace('\t', '?').equals(actual));
  }

  private static String text(ArrivedHeader header) {
    return Objects.requireNonNullElse(header.value(), "");
  }

  private boolean hasApplicationHeaders(Call call) {
    return call.headers().stream()
        .filter(header -> header.value() != null)
        .map(ArrivedHeader::name)
        .filter(name -> Family.of(name) == null && !settings.allowed.contains(name))
        // Meant to be handed on, by W3C; whether it may is the application's decision.
        .anyMatch(name -> !name.equals("baggage") && !name.equals("x-propagation-check"));
  }

  /** A tracer's own span: the trace and the decision must be the request's. */
  private static boolean continuesTrace(Family family, Probe probe, Call call) {
    Stream<TraceState> sent =
        family.headers().stream()
            .flatMap(
                name -> probe.expected(name).stream().map(value -> TraceState.of(name, value)));
    Stream<TraceState> arrived =
        family.headers().stream()
            .flatMap(name -> call.named(name).stream())
            .map(header -> new TraceState(header.traceId(), header.sampled()));
    TraceState in =
        first(family == Family.B3 && !probe.expected("b3").isEmpty() ? b3(probe) : sent);
    TraceState out = first(arrived);
    boolean sameTrace = in.traceId() == null || in.traceId().equals(out.traceId());
    boolean sameDecision = in.sampled() == null || in.sampled().equals(out.sampled());
    return sameTrace && sameDecision;
  }

  private static Stream<TraceState> b3(Probe probe) {
    return probe.expected("b3").stream().map(value -> TraceState.of("b3", value));
  }

  private static TraceState first(Stream<TraceState> states) {
    return states.reduce(
        new TraceState(null, null),
        (a, b) ->
            new TraceState(
                a.traceId() == null ? b.traceId() : a.traceId(),
                a.sampled() == null ? b.sampled() : a.sampled()));
  }
}
