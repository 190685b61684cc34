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
 * @param name the rule, then what is special
 * @param in the lines as they arrive; each char is a byte on the wire
 * @param out the lines that are forwarded, names in lower case
 */
public record PropagationCase(String name, List<String> in, List<String> out) {
  /** The limit of the contract. */
  static final int MAX_VALUE_LENGTH = 4096;

  private static final String ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";
  private static final String[] B3 = {
    ID,
    "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7",
    "x-b3-spanid: e457b5a2e4d86bd1",
    "x-b3-parentspanid: 05e3ac9a4f6e3b90",
    "x-b3-sampled: 1"
  };
  private static final String TRACEPARENT =
      "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

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
    return switch (rule) {
      case VERBATIM -> verbatim();
      case REQUEST_ID -> requestId();
      case FAMILIES -> Stream.of(EVERY_PROVIDER_ROW);
      case NOTHING_ELSE -> nothingElse();
      case ABSENT -> absent();
      case HOSTILE -> hostile(maxValueLength);
      case MALFORMED -> malformed();
      case REPEATED -> repeated();
      default -> Stream.of();
    };
  }

  private static Stream<PropagationCase> verbatim() {
    return Stream.of(
        unchanged("rule 1: every B3 header", B3),
        unchanged(
            "rule 1: 64-bit ids",
            ID,
            "x-b3-traceid: 64fe8b2a57d3eff7",
            "x-b3-spanid: e457b5a2e4d86bd1",
            "x-b3-sampled: 0"),
        unchanged("rule 1: ids in upper case", B3[1].replace("ee56", "EE56"), B3[2]),
        unchanged("rule 1: ids without a decision", B3[1], B3[2]),
        unchanged("rule 1: a decision to sample alone", "x-b3-sampled: 1"),
        unchanged("rule 1: a decision not to sample alone", "x-b3-sampled: 0"),
        unchanged("rule 1: a decision in words", "x-b3-sampled: true"),
        unchanged("rule 1: a decision in loud words", "x-b3-sampled: FALSE"),
        unchanged("rule 1: debug", B3[1], B3[2], "x-b3-flags: 1"),
        unchanged("rule 1: debug alone", "x-b3-flags: 1"),
        unchanged("rule 1: flags of an older client", B3[1], B3[2], "x-b3-flags: 6"),
        unchanged("rule 1: a parent of zeros", B3[1], B3[2], "x-b3-parentspanid: 0000000000000000"),
        unchanged("rule 1: b3 denies", "b3: 0"),
        unchanged("rule 1: b3 accepts", "b3: 1"),
        unchanged("rule 1: b3 debugs", "b3: d"),
        unchanged("rule 1: b3 with ids", "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1"),
        unchanged("rule 1: b3 with a state", "b3: 64fe8b2a57d3eff7-e457b5a2e4d86bd1-d"),
        unchanged(
            "rule 1: b3 with a parent",
            "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90"),
        unchanged("rule 1: b3 beside the multi headers", "b3: 0", B3[1], B3[2], "x-b3-sampled: 1"),
        unchanged("rule 1: binary metadata without padding", "grpc-trace-bin: AAARdGhpcyA"),
        unchanged(
            "rule 1: escapes and plus signs",
            "x-request-id: 1%2F2+3%25",
            TRACEPARENT,
            "tracestate: rojo=1%2C2+3"));
  }

  private static Stream<PropagationCase> requestId() {
    return Stream.of(
        unchanged("rule 2: x-request-id is opaque", "x-request-id: Not A UUID; {\"at\": \"all\"}~"),
        row(
            "rule 2: names in any case",
            List.of("X-Request-Id: Abc", "X-B3-TRACEID: 64fe8b2a57d3eff7", "x-B3-SpanId: " + SPAN),
            List.of(
                "x-request-id: Abc", "x-b3-traceid: 64fe8b2a57d3eff7", "x-b3-spanid: " + SPAN)));
  }

  private static Stream<PropagationCase> nothingElse() {
    return Stream.of(
        row("rule 3: baggage only by name", List.of("baggage: user=1", ID), List.of(ID)),
        row(
            "rule 3: nothing else",
            List.of(ID, "end-user: jason", "authorization: Bearer x", "cookie: a=b", "jwt: x"),
            List.of(ID)),
        row(
            "rule 3: nothing else that begins as they do",
            List.of(
                ID, "x-api-key: secret", "x-auth-token: secret", "x-user-id: 7", "x-b3-user: 7"),
            List.of(ID)));
  }

  private static final String SPAN = "e457b5a2e4d86bd1";
  private static final String[] EVERY_PROVIDER = {
    ID,
    "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90",
    B3[1],
    B3[2],
    B3[3],
    B3[4],
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
    "x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678;Sampled=1"
  };

  static final PropagationCase EVERY_PROVIDER_ROW =
      unchanged("rule 3: every provider", EVERY_PROVIDER);

  private static Stream<PropagationCase> absent() {
    return Stream.of(
        row("rule 4: nothing in, nothing out", List.of(), List.of()),
        row("rule 4: an empty value", List.of("x-request-id:", B3[4]), List.of(B3[4])),
        row("rule 4: a blank value", List.of("x-request-id: \t ", B3[4]), List.of(B3[4])),
        row(
            "rule 4: an empty parent once stopped tracing mesh-wide",
            List.of(B3[1], B3[2], "x-b3-parentspanid:", B3[4]),
            List.of(B3[1], B3[2], B3[4])));
  }

  private static Stream<PropagationCase> hostile(int maxValueLength) {
    return Stream.of(
        row("rule 5: Latin-1", List.of("x-request-id: caf\u00e9", B3[4]), List.of(B3[4])),
        row("rule 5: UTF-8", List.of("x-request-id: caf\u00c3\u00a9", B3[4]), List.of(B3[4])),
        row(
            "rule 5: too long",
            List.of("x-request-id: " + "a".repeat(maxValueLength + 1)),
            List.of()),
        unchanged("rule 5: just not too long", "x-request-id: " + "a".repeat(maxValueLength)),
        unchanged("rule 5: a tab within", "x-request-id: a\tb"));
  }

  private static Stream<PropagationCase> malformed() {
    return Stream.of(
        row(
            "rule 5: a malformed parent goes alone",
            List.of(B3[1], B3[2], "x-b3-parentspanid: -", B3[4]),
            List.of(B3[1], B3[2], B3[4])),
        row(
            "rule 5: without a usable trace id the decision stays",
            List.of(ID, "x-b3-traceid: 123", B3[2], B3[3], B3[4]),
            List.of(ID, B3[4])),
        row("rule 5: without a span id", List.of(B3[1], B3[4]), List.of(B3[4])),
        row(
            "rule 5: a trace id of zeros",
            List.of("x-b3-traceid: " + "0".repeat(32), B3[2], "x-b3-flags: 1"),
            List.of("x-b3-flags: 1")),
        row("rule 5: a trace id of 15 digits", alone("x-b3-traceid: 4fe8b2a57d3eff7"), 0),
        row("rule 5: a trace id of 33 digits", alone(B3[1] + "0"), 0),
        row("rule 5: a trace id that is not hex", alone("x-b3-traceid: 64fe8b2a57d3effg"), 0),
        row("rule 5: a span id of 128 bits", List.of(B3[1], "x-b3-spanid: " + SPAN + SPAN), 0),
        row("rule 5: a span id of zeros", List.of(B3[1], "x-b3-spanid: 0000000000000000"), 0),
        row("rule 5: a parent alone", List.of(B3[3]), 0),
        row("rule 5: a decision that is none", List.of(B3[1], B3[2], "x-b3-sampled: maybe"), 2),
        row("rule 5: flags that are none", List.of(B3[1], B3[2], "x-b3-flags: yes"), 2),
        row("rule 5: a malformed b3 leaves the multi headers", with(B3, "b3: nonsense"), 5),
        row("rule 5: b3 without a span id", List.of("b3: 64fe8b2a57d3eff7"), List.of()),
        row("rule 5: b3 with an odd state", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-2"), 0),
        row("rule 5: b3 that debugs in upper case", List.of("b3: D"), 0),
        row("rule 5: b3 with a trace id of zeros", List.of("b3: 0000000000000000-" + SPAN), 0),
        row("rule 5: b3 with more after it", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-1-"), 0),
        row("rule 5: b3 with a short parent", List.of("b3: 64fe8b2a57d3eff7-" + SPAN + "-1-05"), 0),
        row(
            "rule 5: traceparent cut short",
            with(TRACEPARENT.substring(0, 60), "tracestate: a=b"),
            0),
        row("rule 5: traceparent of version ff", List.of(TRACEPARENT.replace(" 00", " ff")), 0),
        row("rule 5: traceparent with more after it", List.of(TRACEPARENT + "-00"), 0),
        unchanged(
            "rule 5: traceparent of a later version", TRACEPARENT.replace(" 00", " 01") + "-x"),
        row(
            "rule 5: traceparent with a trace id of zeros",
            List.of(
                "traceparent: 00-" + "0".repeat(32) + "-b7ad6b7169203331-01", "tracestate: a=1"),
            0),
        row(
            "rule 5: binary metadata that is not Base64",
            List.of("grpc-trace-bin: not Base64", ID),
            List.of(ID)),
        row("rule 5: two values of binary metadata", List.of("grpc-trace-bin: AAAA,AAAA"), 0),
        row(
            "rule 5: a datadog priority that is none",
            List.of("x-datadog-trace-id: 12", "x-datadog-sampling-priority: high"),
            1),
        row("rule 5: a datadog id in hex", List.of("x-datadog-trace-id: 0af7", ID), List.of(ID)),
        row(
            "rule 5: a datadog parent without its trace",
            List.of("x-datadog-parent-id: 12", "x-datadog-sampling-priority: 1"),
            List.of("x-datadog-sampling-priority: 1")));
  }

  private static Stream<PropagationCase> repeated() {
    return Stream.of(
        row("rule 6: the first value wins", List.of("x-request-id: a", "X-Request-ID: b"), 1),
        row(
            "rule 6: the first is blank",
            List.of("x-request-id:", "x-request-id: b"),
            List.of("x-request-id: b")),
        row("rule 6: the first is hostile", List.of("x-request-id: \u00e9", "x-request-id: b"), 0),
        row(
            "rule 6: tracestate is one list",
            List.of(TRACEPARENT, "tracestate: a=1,b=2", "tracestate: c=3"),
            List.of(TRACEPARENT, "tracestate: a=1,b=2,c=3")),
        row(
            "rule 6: two of traceparent",
            List.of(TRACEPARENT, "tracestate: a=1", TRACEPARENT.replace("-01", "-00"), ID),
            List.of(ID)),
        row(
            "rule 6: tracestate with a blank line",
            List.of(TRACEPARENT, "tracestate: a=1", "tracestate:", "tracestate: c=3"),
            List.of(TRACEPARENT, "tracestate: a=1,c=3")),
        row("rule 6: two of b3", List.of("b3: 0", "b3: 1"), 1),
        row(
            "rule 6: two of a B3 header",
            List.of(B3[1], B3[2], B3[4], "X-B3-Sampled: 0", B3[1].replace("80", "90")),
            3),
        row("rule 6: two of sw8", List.of("sw8: a", "sw8: b"), 1),
        row("rule 6: tracestate without traceparent", List.of(ID, "tracestate: a=1"), 1));
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
    return List.of(traceId, B3[2], B3[3]);
  }

  private static List<String> with(String... lines) {
    return List.of(lines);
  }

  private static List<String> with(String[] lines, String last) {
    return Stream.concat(Arrays.stream(lines), Stream.of(last)).toList();
  }
}
