// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.api.incubator.propagation.PassThroughPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How OpenTelemetry's own propagators and a naive interceptor break a mesh's headers, which is why
 * this library exists. A failure here may mean that a peer has been fixed.
 */
class PeersTest {
  private static final String TRACE_ID = "x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7";
  private static final String SPAN_ID = "x-b3-spanid: e457b5a2e4d86bd1";

  private record Row(String name, List<String> in, List<String> out) {
    @Override
    public String toString() {
      return name;
    }

    String markdown() {
      String left = out.isEmpty() ? "nothing" : code(out);
      return "| " + name + " | " + code(in) + " | " + left + " | the same |";
    }

    private static String code(List<String> lines) {
      return "`" + String.join("`<br>`", lines) + "`";
    }
  }

  static Stream<Row> b3Propagator() {
    return Stream.of(
        new Row("a decision alone", List.of("x-b3-sampled: 1"), List.of()),
        new Row("a refusal alone", List.of("b3: 0"), List.of()),
        new Row(
            "ids without a decision",
            List.of(TRACE_ID, SPAN_ID),
            List.of(TRACE_ID, SPAN_ID, "x-b3-sampled: 0")),
        new Row(
            "a parent",
            List.of(TRACE_ID, SPAN_ID, "x-b3-parentspanid: 05e3ac9a4f6e3b90", "x-b3-sampled: 1"),
            List.of(TRACE_ID, SPAN_ID, "x-b3-sampled: 1")),
        new Row(
            "64-bit ids",
            List.of("x-b3-traceid: 64fe8b2a57d3eff7", SPAN_ID, "x-b3-sampled: 1"),
            List.of("x-b3-traceid: 000000000000000064fe8b2a57d3eff7", SPAN_ID, "x-b3-sampled: 1")),
        new Row(
            "debug",
            List.of(TRACE_ID, SPAN_ID, "x-b3-flags: 1"),
            List.of(TRACE_ID, SPAN_ID, "x-b3-sampled: 1", "x-b3-flags: 1")));
  }

  @ParameterizedTest
  @MethodSource("b3Propagator")
  void b3Propagator_rewrites(Row row) {
    assertThat(forwarded(B3Propagator.injectingMultiHeaders(), row.in()))
        .containsExactlyInAnyOrderElementsOf(row.out());
    assertThat(forwarded(TracingPropagation.create().propagator(), row.in())).isEqualTo(row.in());
  }

  @Test
  void b3Propagator_docsShowWhatIsTested() throws Exception {
    List<String> table = new ArrayList<>();
    table.add("| what | in | out of `B3Propagator` | out of this library |");
    table.add("|---|---|---|---|");
    b3Propagator().map(Row::markdown).forEach(table::add);

    Docs.assertPart("peers", table);
  }

  @Test
  void passThroughPropagator_forwardsValuesThatOkHttpRejects() {
    List<String> hostile = List.of("x-request-id: caf\u00e9");

    assertThat(forwarded(passThrough("x-request-id"), hostile)).isEqualTo(hostile);
    assertThatThrownBy(() -> new Request.Builder().header("x-request-id", "caf\u00e9"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(forwarded(TracingPropagation.create().propagator(), hostile)).isEmpty();
  }

  @Test
  void passThroughPropagator_requestWithoutHeaders_keepsAnEarlierRequestsHeaders() {
    List<String> leaked = List.of("x-request-id: leaked");

    assertThat(forwardedAfter(leaked, passThrough("x-request-id"))).isEqualTo(leaked);
    assertThat(forwardedAfter(leaked, TracingPropagation.create().propagator())).isEmpty();
  }

  @Test
  void passThroughPropagator_twoInstances_overwriteEachOther() {
    List<String> lines = List.of("x-request-id: abc", "b3: 1");
    TextMapPropagator both =
        TextMapPropagator.composite(passThrough("x-request-id"), passThrough("b3"));

    assertThat(forwarded(both, lines)).doesNotContain("x-request-id: abc");
  }

  /** OkHttp removes only Authorization when a redirect leads to another host. */
  @Test
  void applicationInterceptor_headersFollowARedirectToAnyHost() throws Exception {
    Interceptor naive =
        chain -> chain.proceed(chain.request().newBuilder().header("x-request-id", "abc").build());
    OkHttpClient client = new OkHttpClient.Builder().addInterceptor(naive).build();
    try (Downstream ratings = Downstream.start()) {
      ratings.redirect("/1", 302, ratings.otherHost("/2"));

      client
          .newCall(new Request.Builder().url(ratings.uri("/1").toString()).build())
          .execute()
          .close();

      assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2");
      assertThat(ratings.received(1)).containsExactly("x-request-id: abc");
    }
  }

  private static TextMapPropagator passThrough(String name) {
    return PassThroughPropagator.create(name);
  }

  private static List<String> forwarded(TextMapPropagator propagator, List<String> lines) {
    return inject(propagator, propagator.extract(Context.root(), lines, HeaderLines.getter()));
  }

  private static List<String> forwardedAfter(List<String> earlier, TextMapPropagator propagator) {
    Context leaked = propagator.extract(Context.root(), earlier, HeaderLines.getter());
    return inject(propagator, propagator.extract(leaked, List.of(), HeaderLines.getter()));
  }

  private static List<String> inject(TextMapPropagator propagator, Context context) {
    List<String> lines = new ArrayList<>();
    propagator.inject(
        context, lines, (to, name, value) -> lines.add(HeaderLines.line(name, value)));
    return lines;
  }
}
