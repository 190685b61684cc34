// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header lines of one request, with values of its own, and those that its calls should carry.
 *
 * @param in the lines to send
 * @param out the lines that should arrive with all providers
 * @param shape which of the headers and decisions there are, under load
 */
record Probe(List<String> in, List<String> out, int shape) {
  static final Probe NOTHING = new Probe(List.of(), List.of(), 0);

  /** Shapes repeat after this many. */
  static final int SHAPES = 12;

  private static final int ID_ALONE = -1;

  private static final RandomGenerator RANDOM = new java.security.SecureRandom();

  /** What in the values of a row is replaced by random digits. */
  private static final Pattern VARYING =
      Pattern.compile(
          "57d3eff|eb211c80319c|3f2b8a1f0c11|b5a2e4d86bd1|ac9a4f6e3b90|6b7169203331"
              + "|2862047361693|1537882399028|abcdef0123456789|8bf206b12000|MjI0|1577836800000"
              + "|00f067aa0ba902b7|t61rcWkgMzE|dGVzdA|cyBpcyBhIHRyYWNlIGlk|5678;9abc");

  /** Returns the lines of a row, with ids that no other request has. */
  static Probe of(PropagationCase row) {
    Map<String, String> fresh = new HashMap<>();
    return new Probe(
        row.in().stream().map(line -> fresh(line, fresh)).toList(),
        row.out().stream().map(line -> fresh(line, fresh)).toList(),
        0);
  }

  private static String fresh(String line, Map<String, String> fresh) {
    return VARYING
        .matcher(line)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    fresh.computeIfAbsent(found.group(), part -> digits(part.length()))));
  }

  /** Returns decimal digits, which are hexadecimal and base64 as well; the first is not zero. */
  private static String digits(int count) {
    StringBuilder digits = new StringBuilder().append(1 + RANDOM.nextInt(9));
    while (digits.length() < count) {
      digits.append(RANDOM.nextInt(10));
    }
    return digits.toString();
  }

  /**
   * Returns headers of all providers with values that no other request has. Decisions, parents and
   * which of the optional headers there are depend on the shape, so that requests that come one
   * after the other differ in each.
   */
  static Probe shaped(int shape) {
    boolean sampled = shape % 2 == 0;
    boolean debug = shape % 6 == 4;
    boolean parent = shape % 3 != 0;
    String trace = hex(16);
    String span = hex(8);
    String parentSpan = hex(8);
    List<String> lines = new ArrayList<>();
    lines.add(requestId() + "%2F" + shape);
    String state = debug ? "d" : sampled ? "1" : "0";
    lines.add("b3: " + trace + "-" + span + "-" + state + (parent ? "-" + parentSpan : ""));
    lines.add("x-b3-traceid: " + trace);
    lines.add("x-b3-spanid: " + span);
    if (parent) {
      lines.add("x-b3-parentspanid: " + parentSpan);
    }
    lines.add(debug ? "x-b3-flags: 1" : "x-b3-sampled: " + (sampled ? 1 : 0));
    lines.add("traceparent: 00-" + hex(16) + "-" + hex(8) + (sampled ? "-01" : "-00"));
    lines.add("tracestate: check=" + hex(8) + (parent ? ",other=a%2B" + hex(8) : ""));
    lines.add("x-datadog-trace-id: " + digits(19));
    lines.add("x-datadog-parent-id: " + digits(19));
    lines.add("x-datadog-sampling-priority: " + (shape % 4 - 1));
    if (parent) {
      lines.add("x-datadog-origin: origin-" + hex(8));
      lines.add("x-datadog-tags: _dd.p.tid=" + hex(8) + ",_dd.p.dm=-1");
      lines.add("sw8-x: 0-" + digits(13));
      lines.add("sw8-correlation: " + hex(9) + ":" + hex(9));
    }
    lines.add("sw8: " + (sampled ? 1 : 0) + "-" + hex(12) + "-MTEx-3-cmV2-aWQ=-L3I=-OjkwODA=");
    lines.add("uber-trace-id: " + hex(16) + ":" + hex(8) + ":0:" + (sampled ? 1 : 0));
    lines.add("x-cloud-trace-context: " + hex(16) + "/1;o=" + (sampled ? 1 : 0));
    lines.add("grpc-trace-bin: AAAR" + hex(24));
    lines.add("x-ot-span-context: " + hex(16) + ";" + hex(8));
    String root = hex(4) + "-" + hex(12);
    lines.add("x-amzn-trace-id: Root=1-" + root + ";Sampled=" + (sampled ? 1 : 0));
    return new Probe(lines, lines, shape % SHAPES);
  }

  /** Returns a request of the same shape as this one, with other values. */
  Probe again() {
    return shape == ID_ALONE ? idAlone() : shaped(shape);
  }

  /** Returns a request without a trace, which is known by its id. */
  static Probe idAlone() {
    List<String> lines = List.of(requestId());
    return new Probe(lines, lines, ID_ALONE);
  }

  private static String requestId() {
    return "x-request-id: " + UUID.randomUUID();
  }

  /** Returns the same values in a header that no service forwards. */
  Probe control() {
    List<String> lines =
        in.stream()
            .map(line -> "x-propagation-check" + line.substring(HeaderLine.name(line).length()))
            .toList();
    return new Probe(lines, List.of(), 0);
  }

  /** Returns the values that should arrive in a header; at most one. */
  List<String> expected(String name) {
    return values(out, name);
  }

  /** Returns whether a header is among the lines, with a value. */
  boolean brings(String name) {
    return values(in, name).stream().anyMatch(value -> !value.isEmpty());
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> HeaderLine.name(line).equals(name))
        .map(line -> HeaderLine.value(line, name))
        .toList();
  }

  String show() {
    return in.isEmpty()
        ? "no tracing header"
        : String.join(" | ", in.stream().limit(6).map(ArrivedHeader::show).toList())
            + (in.size() > 6 ? " | ..." : "");
  }

  private static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    random[0] |= 1; // never all zeros
    return HexFormat.of().formatHex(random);
  }
}
