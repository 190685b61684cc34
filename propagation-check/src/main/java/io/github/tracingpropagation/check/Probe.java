// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/**
 * The header lines of one request, with values of its own, and those that its calls should carry.
 *
 * @param in the lines to send
 * @param out the lines that should arrive with all providers
 */
record Probe(List<String> in, List<String> out) {
  private static final RandomGenerator RANDOM = new java.security.SecureRandom();

  static final Probe NOTHING = new Probe(List.of(), List.of());

  /** Returns the lines of a row, with ids that no other request has. */
  static Probe of(PropagationCase row) {
    String b3 = hex(4);
    String w3c = hex(6);
    String request = hex(6);
    UnaryOperator<String> fresh =
        line ->
            line.replace("57d3eff", b3.substring(0, 7))
                .replace("eb211c80319c", w3c)
                .replace("3f2b8a1f0c11", request);
    return new Probe(row.in().stream().map(fresh).toList(), row.out().stream().map(fresh).toList());
  }

  /** Returns the headers of all providers, about one trace, which no other request has. */
  static Probe unique() {
    String trace = hex(16);
    String span = hex(8);
    List<String> lines = new ArrayList<>();
    lines.add("x-request-id: " + UUID.randomUUID());
    lines.add("b3: " + trace + "-" + span + "-1");
    lines.add("x-b3-traceid: " + trace);
    lines.add("x-b3-spanid: " + span);
    lines.add("x-b3-sampled: 1");
    lines.add("traceparent: 00-" + trace + "-" + span + "-01");
    lines.add("tracestate: check=" + hex(8));
    lines.add("x-datadog-trace-id: " + (RANDOM.nextLong() >>> 1 | 1L << 62));
    lines.add("x-datadog-parent-id: " + (RANDOM.nextLong() >>> 1 | 1L << 62));
    lines.add("x-datadog-sampling-priority: 1");
    lines.add("sw8: 1-" + hex(12) + "-MTEx-3-cmV2aWV3cw==-aW5z-L3Jldmlld3M=-cmF0aW5nczo5MDgw");
    lines.add("uber-trace-id: " + trace + ":" + span + ":0:1");
    lines.add("x-cloud-trace-context: " + trace + "/1;o=1");
    lines.add("x-ot-span-context: " + trace);
    lines.add("x-amzn-trace-id: Root=1-67891233-" + trace.substring(0, 24) + ";Sampled=1");
    return new Probe(lines, lines);
  }

  /** Returns the same values in a header that no service forwards. */
  Probe control() {
    List<String> lines =
        in.stream()
            .map(line -> "x-propagation-check" + line.substring(HttpMessage.name(line).length()))
            .toList();
    return new Probe(lines, List.of());
  }

  /** Returns the values that should arrive in a header; at most one. */
  List<String> expected(String name) {
    return out.stream()
        .filter(line -> HttpMessage.name(line).equals(name))
        .map(line -> HttpMessage.value(line, name))
        .toList();
  }

  /** Returns the lines to send for a report. */
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
    return HexFormat.of().formatHex(random).toLowerCase(Locale.ROOT);
  }
}
