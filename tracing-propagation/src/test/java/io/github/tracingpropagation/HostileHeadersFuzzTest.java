// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

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
import okhttp3.Request;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rule 5, attacked: Jazzer makes inbound requests, guided by the branches that they reach, and
 * starts from the rows of the propagation table. An input that breaks a rule becomes a row there.
 */
class HostileHeadersFuzzTest {

  static Stream<byte[]> table() {
    return PropagationCase.all().map(FuzzedRequest::bytes);
  }

  @MethodSource("table")
  @FuzzTest
  void rule5_whateverArrives_leavesUnchangedOrNotAtAll(byte[] bytes) {
    FuzzedRequest request = FuzzedRequest.of(bytes);
    Context context = request.extract(request.lines());
    Map<String, String> out = forward(request, context);

    out.forEach((name, value) -> assertLegal(request, name, value));
    assertFamilies(request, out);
    assertRequestId(request, out);
    assertBounded(request, CapturedHeaders.from(context));
    assertClientsAccept(request, out);
    assertThat(forward(request, request.extract(byName(request.lines()))))
        .as("from lines in another order")
        .isEqualTo(out);
    assertThat(forward(request, request.extract(lines(out))))
        .as("forwarded once more")
        .isEqualTo(out);
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
            (to, name, value) -> assertThat(out.put(name, value)).as("set twice").isNull());
    return out;
  }

  private static void assertLegal(FuzzedRequest request, String name, String value) {
    assertThat(request.allowed()).as("the host is allowed").isTrue();
    assertThat(request.propagation().fields()).contains(name);
    assertThat(request.present().stream().map(FuzzedRequest::lowerCase)).doesNotContain(name);
    assertThat(value).isNotBlank().hasSizeLessThanOrEqualTo(request.maxValueLength());
    assertThat(value.chars()).allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));

    List<String> arrived = request.arrived(name);
    assertThat(value)
        .as(name)
        .isEqualTo(
            name.equals("tracestate") || name.equals("baggage")
                ? String.join(",", arrived)
                : arrived.get(0));
  }

  private static void assertFamilies(FuzzedRequest request, Map<String, String> out) {
    assertThat(out.containsKey("x-b3-traceid")).isEqualTo(out.containsKey("x-b3-spanid"));
    assertNeeds(out, "x-b3-parentspanid", "x-b3-traceid");
    assertNeeds(out, "x-datadog-parent-id", "x-datadog-trace-id");
    assertNeeds(out, "tracestate", "traceparent");
    if (out.containsKey("traceparent")) {
      assertThat(request.arrived("traceparent")).hasSize(1);
    }
  }

  private static void assertNeeds(Map<String, String> out, String name, String needed) {
    assertThat(!out.containsKey(name) || out.containsKey(needed))
        .as("%s without %s", name, needed)
        .isTrue();
  }

  /** One header at a time: nothing else that arrives can take the request id away. */
  private static void assertRequestId(FuzzedRequest request, Map<String, String> out) {
    List<String> arrived = request.arrived("x-request-id");
    boolean usable =
        !arrived.isEmpty()
            && arrived.get(0).length() <= request.maxValueLength()
            && arrived.get(0).chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= '~'));
    boolean present = request.present().stream().anyMatch("x-request-id"::equalsIgnoreCase);
    assertThat(out.containsKey("x-request-id")).isEqualTo(usable && request.allowed() && !present);
  }

  private static void assertBounded(FuzzedRequest request, CapturedHeaders captured) {
    int[] chars = {0};
    captured.forEach((name, value) -> chars[0] += value.length());
    assertThat(chars[0])
        .isLessThanOrEqualTo(request.propagation().fields().size() * request.maxValueLength());
  }

  /** Both throw for a name or a value that they refuse. */
  private static void assertClientsAccept(FuzzedRequest request, Map<String, String> out) {
    Request.Builder okhttp = new Request.Builder().url("http://ratings:9080/");
    out.forEach(okhttp::header);
    HttpRequest.Builder jdk = HttpRequest.newBuilder(request.destination());
    out.forEach(jdk::setHeader);
    assertThat(okhttp.build().headers().size()).isEqualTo(out.size());
    assertThat(jdk.build().headers().map()).hasSameSizeAs(out);
  }

  /** Lines of one name keep their order; those of different names change it. */
  private static List<Line> byName(List<Line> lines) {
    List<Line> sorted = new ArrayList<>(lines);
    sorted.sort(Comparator.comparing(line -> FuzzedRequest.lowerCase(line.name())));
    return sorted;
  }

  private static List<Line> lines(Map<String, String> headers) {
    List<Line> lines = new ArrayList<>();
    headers.forEach((name, value) -> lines.add(new Line(name, value)));
    return lines;
  }
}
