// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.tracingpropagation.FuzzedRequest.Line;
import io.github.tracingpropagation.testing.PropagationCase;
import io.opentelemetry.context.Context;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule 5, attacked: Jazzer makes inbound requests, guided by the branches that they reach, and
 * starts from the rows of the propagation table. An input that breaks a rule becomes a row there.
 */
class HostileHeadersFuzzTest {
  private static final HttpUrl OKHTTP_URL = HttpUrl.get("http://ratings:9080/");

  static Stream<byte[]> table() {
    return PropagationCase.all().map(FuzzedRequest::bytes);
  }

  @MethodSource("table")
  // In libFuzzer's notation.
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
    check(request.captureLines().equals(request.captureNames()), "lines are not read as names are");
    Context reordered = request.extract(byName(request.lines()));
    check(forward(request, reordered).equals(out), "the order of other headers matters");
    Context again = request.extract(lines(out));
    check(forward(request, again).equals(out), "forwarded twice is not forwarded once");
  }

  private static Map<String, String> forward(FuzzedRequest request, Context context) {
    Map<String, String> out = new LinkedHashMap<>();
    request
        .propagation()
        .inject(
            context,
            request.destination(),
            request.present(),
            out,
            (to, name, value) -> check(out.put(name, value) == null, "set twice: " + name));
    return out;
  }

  private static void checkLegal(FuzzedRequest request, String name, String value) {
    check(request.allowed(), "leaves to another host: " + name);
    check(request.propagation().fields().contains(name), "was not asked for: " + name);
    check(!request.has(name), "is in the request already: " + name);
    check(value.length() <= request.maxValueLength(), "is too long: " + name);
    check(isPrintable(value) && !value.isBlank(), "cannot be sent: " + name);

    List<String> arrived = request.arrived(name);
    boolean list = name.equals("tracestate") || name.equals("baggage");
    check(!arrived.isEmpty(), "never arrived: " + name);
    check(
        value.equals(list ? String.join(",", arrived) : arrived.get(0)), "was rewritten: " + name);
  }

  private static void checkFamilies(FuzzedRequest request, Map<String, String> out) {
    checkNeeds(out, "x-b3-traceid", "x-b3-spanid");
    checkNeeds(out, "x-b3-spanid", "x-b3-traceid");
    checkNeeds(out, "x-b3-parentspanid", "x-b3-traceid");
    checkNeeds(out, "x-datadog-parent-id", "x-datadog-trace-id");
    checkNeeds(out, "tracestate", "traceparent");
    check(
        !out.containsKey("traceparent") || request.arrived("traceparent").size() == 1,
        "traceparent was repeated");
  }

  private static void checkNeeds(Map<String, String> out, String name, String needed) {
    check(!out.containsKey(name) || out.containsKey(needed), name + " without " + needed);
  }

  /** One header at a time: nothing else that arrives can take the request id away. */
  private static void checkRequestId(FuzzedRequest request, Map<String, String> out) {
    List<String> arrived = request.arrived("x-request-id");
    boolean usable =
        !arrived.isEmpty()
            && arrived.get(0).length() <= request.maxValueLength()
            && isPrintable(arrived.get(0));
    boolean leaves = usable && request.allowed() && !request.has("x-request-id");
    check(out.containsKey("x-request-id") == leaves, "x-request-id leaves: " + !leaves);
  }

  private static void checkBounded(FuzzedRequest request, CapturedHeaders captured) {
    int[] chars = {0};
    captured.forEach((name, value) -> chars[0] += value.length());
    int bound = request.propagation().fields().size() * request.maxValueLength();
    check(chars[0] <= bound, "holds " + chars[0] + " chars");
  }

  /** Both throw for a name or a value that they refuse. */
  private static void checkClientsAccept(FuzzedRequest request, Map<String, String> out) {
    Request.Builder okhttp = new Request.Builder().url(OKHTTP_URL);
    out.forEach(okhttp::header);
    HttpRequest.Builder jdk = HttpRequest.newBuilder(request.destination());
    out.forEach(jdk::setHeader);
  }

  private static boolean isPrintable(String value) {
    return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
  }

  /** Plain, because a fuzz test is as good as it is fast. */
  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new AssertionError(otherwise);
    }
  }

  /** Lines of one name keep their order; those of different names change it. */
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
