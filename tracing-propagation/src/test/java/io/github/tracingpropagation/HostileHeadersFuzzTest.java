// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.tracingpropagation.FuzzedRequest.Line;
import io.github.tracingpropagation.adapter.OutboundRequest;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.MapRequest;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule 5, fuzzed: Jazzer generates inbound requests, guided by code coverage, from the rows of the
 * propagation table and a corpus, which {@link HostileHeadersTest} replays in each build. An input
 * that violates a rule is added to the table as a row.
 */
class HostileHeadersFuzzTest {
  private static final HttpUrl OKHTTP_URL = HttpUrl.get("http://ratings:9080/");

  static Stream<byte[]> table() {
    return PropagationCase.all().map(FuzzedRequest::bytes);
  }

  /** Inputs that reached new branches when this was fuzzed: Base64, one a line. */
  static Stream<byte[]> corpus() throws IOException {
    try (InputStream file = HostileHeadersFuzzTest.class.getResourceAsStream("fuzz-corpus.txt")) {
      String lines = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return lines.lines().map(Base64.getDecoder()::decode);
    }
  }

  @MethodSource({"table", "corpus"})
  // In the escape syntax of libFuzzer.
  @DictionaryEntries({
    "\\x00",
    "\\x09",
    "\\x0d",
    "\\x1f",
    "\\x7f",
    "\\x80",
    "\\xff\\xd8\\x3d",
    "\\x0a",
    "\\x0a+baggage\\x0a",
    "\\x0a-traceparent\\x0a"
  })
  @FuzzTest
  void rule5_whateverArrives_leavesUnchangedOrNotAtAll(byte[] bytes) {
    FuzzedRequest request = FuzzedRequest.of(bytes);
    Context context = request.extract(request.lines());
    Map<String, String> out = forward(request, context);

    out.forEach((name, value) -> checkLegal(request, name, value));
    checkFamilies(request, out);
    checkRequestId(request, out);
    checkBounded(request, CapturedHeaders.from(context));
    checkClientsAccept(request, out);
    check(
        request.captureLines().equals(request.captureNames()),
        "lines and names are read differently");
    Context reordered = request.extract(byName(request.lines()));
    check(
        forward(request, reordered).equals(out),
        "the result depends on the order of different headers");
    Context again = request.extract(lines(out));
    check(forward(request, again).equals(out), "forwarding is not idempotent");
  }

  private static Map<String, String> forward(FuzzedRequest request, Context context) {
    MapRequest out =
        new MapRequest(
            OutboundRequest.hostOf(request.destination()),
            null,
            request.present(),
            new LinkedHashMap<>());
    request.propagation().inject(CapturedHeaders.from(context), out);
    return out.added();
  }

  private static void checkLegal(FuzzedRequest request, String name, String value) {
    check(request.allowed(), "forwarded to an excluded host: " + name);
    check(request.propagation().fields().contains(name), "not watched: " + name);
    check(!request.has(name), "already in the request: " + name);
    check(value.length() <= request.maxValueLength(), "too long: " + name);
    check(isPrintable(value) && !value.isBlank(), "not printable: " + name);

    List<String> arrived = request.arrived(name);
    boolean list = name.equals("tracestate") || name.equals("baggage");
    check(!arrived.isEmpty(), "did not arrive: " + name);
    check(value.equals(list ? String.join(",", arrived) : arrived.get(0)), "rewritten: " + name);
  }

  private static void checkFamilies(FuzzedRequest request, Map<String, String> out) {
    checkRequires(out, "x-b3-traceid", "x-b3-spanid");
    checkRequires(out, "x-b3-spanid", "x-b3-traceid");
    checkRequires(out, "x-b3-parentspanid", "x-b3-traceid");
    checkRequires(out, "x-datadog-parent-id", "x-datadog-trace-id");
    checkRequires(out, "tracestate", "traceparent");
    check(
        !out.containsKey("traceparent") || request.arrived("traceparent").size() == 1,
        "traceparent was repeated");
    String binary = out.get("grpc-trace-bin");
    if (binary != null) {
      Base64.getDecoder().decode(binary); // throws, as gRPC would
    }
  }

  private static void checkRequires(Map<String, String> out, String name, String required) {
    check(!out.containsKey(name) || out.containsKey(required), name + " without " + required);
  }

  /** Values are dropped one header at a time: no other header affects the request id. */
  private static void checkRequestId(FuzzedRequest request, Map<String, String> out) {
    List<String> arrived = request.arrived("x-request-id");
    boolean usable =
        !arrived.isEmpty()
            && arrived.get(0).length() <= request.maxValueLength()
            && isPrintable(arrived.get(0));
    boolean expected = usable && request.allowed() && !request.has("x-request-id");
    check(out.containsKey("x-request-id") == expected, "x-request-id expected: " + expected);
  }

  private static void checkBounded(FuzzedRequest request, CapturedHeaders captured) {
    int[] chars = {0};
    captured.forEach((name, value) -> chars[0] += value.length());
    int bound = request.propagation().fields().size() * request.maxValueLength();
    check(chars[0] <= bound, chars[0] + " chars are retained");
  }

  /** Both clients throw for an invalid name or value. */
  private static void checkClientsAccept(FuzzedRequest request, Map<String, String> out) {
    Request.Builder okhttp = new Request.Builder().url(OKHTTP_URL);
    out.forEach(okhttp::header);
    HttpRequest.Builder jdk = HttpRequest.newBuilder(request.destination());
    out.forEach(jdk::setHeader);
  }

  private static boolean isPrintable(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
  }

  /** Not AssertJ, which is slower: a fuzz test is limited by its executions per second. */
  private static void check(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }

  /** Sorts by name; stable, so that lines with the same name keep their order. */
  private static List<Line> byName(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(Line::lowerCase));
    return sorted;
  }

  private static List<Line> lines(Map<String, String> headers) {
    List<Line> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(new Line(name, value)));
    return lines;
  }
}
