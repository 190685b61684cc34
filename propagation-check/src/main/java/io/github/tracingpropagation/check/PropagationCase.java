// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * One row of the propagation table: the header lines of an inbound request, and those that an
 * outbound call gets from it with the defaults. Immutable, so threads may share it.
 *
 * @param name the rule's number in the contract, then what is special
 * @param in the lines as they arrive; each char is a byte on the wire
 * @param out the lines that are forwarded, names in lower case
 */
public record PropagationCase(String name, List<String> in, List<String> out) {
  /** The limit of the contract. */
  static final int MAX_VALUE_LENGTH = 4096;

  private static final String REQUEST_ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";
  private static final String TRACE_ID = "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN = "e457b5a2e4d86bd1";
  private static final String SPAN_ID = "x-b3-spanid: " + SPAN;
  private static final String PARENT_ID = "x-b3-parentspanid: 05e3ac9a4f6e3b90";
  private static final String SAMPLED = "x-b3-sampled: 1";
  private static final String[] EVERY_B3_HEADER = {
    REQUEST_ID, TRACE_ID, SPAN_ID, PARENT_ID, SAMPLED
  };
  private static final String TRACEPARENT =
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  /** A request with every header of every provider. */
  static final PropagationCase EVERY_PROVIDER =
      unchanged(
          "every provider",
          REQUEST_ID,
          "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
          TRACE_ID,
          SPAN_ID,
          PARENT_ID,
          SAMPLED,
          "x-b3-flags: 1",
          TRACEPARENT,
          "tracestate: rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
          "x-datadog-trace-id: 16701352862047361693",
          "x-datadog-parent-id: 2939011537882399028",
          "x-datadog-sampling-priority: -1",
          "x-datadog-origin: synthetics",
          "x-datadog-tags: _dd.p.tid=640cfd8d00000000,_dd.p.dm=-1",
          "sw8: 1-MjI0-MTEx-3-cmV2aWV3cw==-aW5z-L3Jldmlld3M=-cmF0aW5nczo5MDgw",
          "sw8-x: 0-1577836800000",
          "sw8-correlation: dGVzdA==:dGVzdA==",
          "uber-trace-id: 80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1",
          "x-cloud-trace-context: 105445aa7843bc8bf206b12000100000/1;o=1",
          "grpc-trace-bin: AAARdGhpcyBpcyBhIHRyYWNlIGlkAXRoaXMgaXMBAg==",
          "x-ot-span-context: 1234;5678;9abc",
          "x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678;Sampled=1");

  /**
   * Returns every row.
   *
   * @return the rows, by rule
   */
  public static Stream<PropagationCase> all() {
    return Stream.of(Rule.values()).flatMap(PropagationCase::of);
  }

  /** Returns the rows that a rule is checked with; none if it needs more than one request. */
  static Stream<PropagationCase> of(Rule rule) {
    return of(rule, MAX_VALUE_LENGTH);
  }

  /** Returns the rows of a rule for a service that forwards values up to a length. */
  static Stream<PropagationCase> of(Rule rule, int maxValueLength) {
    Stream<PropagationCase> rows =
        switch (rule) {
          case VERBATIM -> verbatim();
          case REQUEST_ID -> requestId();
          case FAMILIES -> Stream.of(EVERY_PROVIDER);
          case NOTHING_ELSE -> nothingElse();
          case ABSENT -> absent();
          case HOSTILE -> hostile(maxValueLength);
          case MALFORMED -> malformed();
          case REPEATED -> repeated();
          default -> Stream.of();
        };
    return rows.map(row -> row("rule " + rule.number() + ": " + row.name, row.in, row.out));
  }

  private static Stream<PropagationCase> verbatim() {
    return Stream.of(
        unchanged("every B3 header", EVERY_B3_HEADER),
        unchanged(
            "64-bit ids", REQUEST_ID, "x-b3-traceid: 64fe8b2a57d3eff7", SPAN_ID, "x-b3-sampled: 0"),
        unchanged("ids in upper case", TRACE_ID.replace("ee56", "EE56"), SPAN_ID),
        unchanged("ids without a decision", TRACE_ID, SPAN_ID),
        unchanged("a decision to sample alone", SAMPLED),
        unchanged("a decision not to sample alone", "x-b3-sampled: 0"),
        unchanged("a decision in words", "x-b3-sampled: true"),
        unchanged("a decision in loud words", "x-b3-sampled: FALSE"),
        unchanged("debug", TRACE_ID, SPAN_ID, "x-b3-flags: 1"),
        unchanged("debug alone", "x-b3-flags: 1"),
        unchanged("flags of an older client", TRACE_ID, SPAN_ID, "x-b3-flags: 6"),
        unchanged("a parent of zeros", TRACE_ID, SPAN_ID, "x-b3-parentspanid: 0000000000000000"),
        unchanged("b3 denies", "b3: 0"),
        unchanged("b3 accepts", "b3: 1"),
        unchanged("b3 debugs", "b3: d"),
        unchanged("b3 with ids", "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1"),
        unchanged("b3 with a state", "b3: 64fe8b2a57d3eff7-e457b5a2e4d86bd1-d"),
        unchanged(
            "b3 with a parent",
            "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90"),
        unchanged("b3 beside the multi headers", "b3: 0", TRACE_ID, SPAN_ID, SAMPLED),
        unchanged("binary metadata without padding", "grpc-trace-bin: AAARdGhpcyA"),
        unchanged(
            "escapes and plus signs",
            "x-request-id: 1%2F2+3%25",
            TRACEPARENT,
            "tracestate: rojo=1%2C2+3"));
  }

  private static Stream<PropagationCase> requestId() {
    return Stream.of(
        unchanged("x-request-id is opaque", "x-request-id: Not A UUID; {\"at\": \"all\"}~"),
        row(
            "names in any case",
            List.of("X-Request-Id: Abc", "X-B3-TRACEID: 64fe8b2a57d3eff7", "x-B3-SpanId: " + SPAN),
            List.of("x-request-id: Abc", "x-b3-traceid: 64fe8b2a57d3eff7", SPAN_ID)));
  }

  private static Stream<PropagationCase> nothingElse() {
    return Stream.of(
        row("baggage only by name", List.of("baggage: user=1", REQUEST_ID), List.of(REQUEST_ID)),
        row(
            "nothing else",
            List.of(
                REQUEST_ID, "end-user: jason", "authorization: Bearer x", "cookie: a=b", "jwt: x"),
            List.of(REQUEST_ID)),
        row(
            "nothing else that begins as they do",
            List.of(
                REQUEST_ID,
                "x-api-key: secret",
                "x-auth-token: secret",
                "x-user-id: 7",
                "x-b3-user: 7"),
            List.of(REQUEST_ID)));
  }

  private static Stream<PropagationCase> absent() {
    return Stream.of(
        row("nothing in, nothing out", List.of(), List.of()),
        row("an empty value", List.of("x-request-id:", SAMPLED), List.of(SAMPLED)),
        row("a blank value", List.of("x-request-id: \t ", SAMPLED), List.of(SAMPLED)),
        row(
            "an empty parent once stopped tracing mesh-wide",
            List.of(TRACE_ID, SPAN_ID, "x-b3-parentspanid:", SAMPLED),
            List.of(TRACE_ID, SPAN_ID, SAMPLED)));
  }

  private static Stream<PropagationCase> hostile(int maxValueLength) {
    return Stream.of(
        row("Latin-1", List.of("x-request-id: caf\u00e9", SAMPLED), List.of(SAMPLED)),
        row("UTF-8", List.of("x-request-id: caf\u00c3\u00a9", SAMPLED), List.of(SAMPLED)),
        row("too long", List.of("x-request-id: " + "a".repeat(maxValueLength + 1)), List.of()),
        unchanged("just not too long", "x-request-id: " + "a".repeat(maxValueLength)),
        unchanged("a tab within", "x-request-id: a\tb"));
  }

  private static Stream<PropagationCase> malformed() {
    return Stream.of(
        row(
            "a malformed parent goes alone",
            List.of(TRACE_ID, SPAN_ID, "x-b3-parentspanid: -", SAMPLED),
            List.of(TRACE_ID, SPAN_ID, SAMPLED)),
        row(
            "without a usable trace id the decision stays",
            List.of(REQUEST_ID, "x-b3-traceid: 123", SPAN_ID, PARENT_ID, SAMPLED),
            List.of(REQUEST_ID, SAMPLED)),
        row("without a span id", List.of(TRACE_ID, SAMPLED), List.of(SAMPLED)),
        row(
            "a trace id of zeros",
            List.of("x-b3-traceid: " + "0".repeat(32), SPAN_ID, "x-b3-flags: 1"),
            List.of("x-b3-flags: 1")),
        row("a trace id of 15 digits", alone("x-b3-traceid: 4fe8b2a57d3eff7"), 0),
        row("a trace id of 33 digits", alone(TRACE_ID + "0"), 0),
        row("a trace id that is not hex", alone("x-b3-traceid: 64fe8b2a57d3effg"), 0),
        row("a span id of 128 bits", List.of(TRACE_ID, "x-b3-spanid: " + SPAN + SPAN), 0),
        row("a span id of zeros", List.of(TRACE_ID, "x-b3-spanid: 0000000000000000"), 0),
        row("a parent alone", List.of(PARENT_ID), 0),
        row("a decision that is none", List.of(TRACE_ID, SPAN_ID, "x-b3-sampled: maybe"), 2),
        row("flags that are none", List.of(TRACE_ID, SPAN_ID, "x-b3-flags: yes"), 2),
        row("a malformed b3 leaves the multi headers", with(EVERY_B3_HEADER, "b3: nonsense"), 5),
        row("b3 without a span id", List.of("b3: 64fe8b2a57d3eff7"), List.of()),
        row("b3 with an odd state", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-2"), 0),
        row("b3 that debugs in upper case", List.of("b3: D"), 0),
        row("b3 with a trace id of zeros", List.of("b3: 0000000000000000-" + SPAN), 0),
        row("b3 with more after it", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-1-"), 0),
        row("b3 with a short parent", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-1-05"), 0),
        row("traceparent cut short", List.of(TRACEPARENT.substring(0, 60), "tracestate: a=b"), 0),
        row("traceparent of version ff", List.of(TRACEPARENT.replace(" 00", " ff")), 0),
        row("traceparent with more after it", List.of(TRACEPARENT + "-00"), 0),
        unchanged("traceparent of a later version", TRACEPARENT.replace(" 00", " 01") + "-x"),
        row(
            "traceparent with a trace id of zeros",
            List.of(
                "traceparent: 00-" + "0".repeat(32) + "-b7ad6b7169203331-01", "tracestate: a=1"),
            0),
        row(
            "binary metadata that is not Base64",
            List.of("grpc-trace-bin: not Base64", REQUEST_ID),
            List.of(REQUEST_ID)),
        row("two values of binary metadata", List.of("grpc-trace-bin: AAAA,AAAA"), 0),
        row(
            "a datadog priority that is none",
            List.of("x-datadog-trace-id: 12", "x-datadog-sampling-priority: high"),
            1),
        row(
            "a datadog id in hex",
            List.of("x-datadog-trace-id: 0af7", REQUEST_ID),
            List.of(REQUEST_ID)),
        row(
            "a datadog parent without its trace",
            List.of("x-datadog-parent-id: 12", "x-datadog-sampling-priority: 1"),
            List.of("x-datadog-sampling-priority: 1")));
  }

  private static Stream<PropagationCase> repeated() {
    return Stream.of(
        row("the first value wins", List.of("x-request-id: a", "X-Request-ID: b"), 1),
        row(
            "the first is blank",
            List.of("x-request-id:", "x-request-id: b"),
            List.of("x-request-id: b")),
        row("the first is hostile", List.of("x-request-id: \u00e9", "x-request-id: b"), 0),
        row(
            "tracestate is one list",
            List.of(TRACEPARENT, "tracestate: a=1,b=2", "tracestate: c=3"),
            List.of(TRACEPARENT, "tracestate: a=1,b=2,c=3")),
        row(
            "two of traceparent",
            List.of(TRACEPARENT, "tracestate: a=1", TRACEPARENT.replace("-01", "-00"), REQUEST_ID),
            List.of(REQUEST_ID)),
        row(
            "tracestate with a blank line",
            List.of(TRACEPARENT, "tracestate: a=1", "tracestate:", "tracestate: c=3"),
            List.of(TRACEPARENT, "tracestate: a=1,c=3")),
        row("two of b3", List.of("b3: 0", "b3: 1"), 1),
        row(
            "two of a B3 header",
            List.of(TRACE_ID, SPAN_ID, SAMPLED, "X-B3-Sampled: 0", TRACE_ID.replace("80", "90")),
            3),
        row("two of sw8", List.of("sw8: a", "sw8: b"), 1),
        row("tracestate without traceparent", List.of(REQUEST_ID, "tracestate: a=1"), 1));
  }

  /** Returns the row's name, which JUnit shows. */
  @Override
  public String toString() {
    return name;
  }

  private static PropagationCase unchanged(String name, String... lines) {
    return row(name, List.of(lines), lines.length);
  }

  private static PropagationCase row(String name, List<String> in, List<String> out) {
    return new PropagationCase(name, in, out);
  }

  /** A row in which the first lines are forwarded as they are. */
  private static PropagationCase row(String name, List<String> in, int forwarded) {
    return row(name, in, in.subList(0, forwarded));
  }

  /** A trace id with all else that belongs to it, but a decision. */
  private static List<String> alone(String traceId) {
    return List.of(traceId, SPAN_ID, PARENT_ID);
  }

  private static List<String> with(String[] lines, String last) {
    return Stream.concat(Arrays.stream(lines), Stream.of(last)).toList();
  }
}
