// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers on several lines, with each kind of carrier. */
class RepeatedLinesTest {
  private static final String ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  void capturedByAGetter_isForwarded(PropagationCase row) {
    TextMapPropagator propagator = TracingPropagation.create().propagator();
    long names =
        row.in().stream()
            .map(line -> HeaderLines.line(HeaderLines.name(line), ""))
            .distinct()
            .count();
    assumeTrue(
        HeaderLines.GETTERS_HAVE_ALL || names == row.in().size(),
        "the API has no getAll before 1.50");

    assertThat(HeaderLines.inject(propagator, HeaderLines.extract(propagator, row.in())))
        .isEqualTo(row.out());
  }

  /** Without getAll, a getter can return a name more than once but only the first value. */
  @Test
  void rule6_repeatedListHeaderWithoutGetAll_isDropped() {
    assumeFalse(HeaderLines.GETTERS_HAVE_ALL, "the API has getAll since 1.50");
    TextMapPropagator propagator =
        TracingPropagation.builder().additionalHeaders("baggage").build().propagator();

    assertThat(
            HeaderLines.inject(
                propagator,
                HeaderLines.extract(propagator, List.of(ID, "baggage: a=1", "baggage: b=2"))))
        .containsExactly(ID);
  }

  @Test
  void rule5_nameReturnedForEachLine_isReadOnce() {
    AtomicInteger reads = new AtomicInteger();
    TextMapGetter<List<String>> getter =
        new TextMapGetter<>() {
          @Override
          @SuppressWarnings("deprecation")
          public Iterable<String> keys(List<String> names) {
            return names;
          }

          @Override
          public String get(@Nullable List<String> names, String name) {
            reads.incrementAndGet();
            return "caf\u00e9";
          }
        };

    Context context =
        TracingPropagation.create()
            .extract(Context.root(), Collections.nCopies(1000, "x-request-id"), getter);

    assertThat(CapturedHeaders.from(context).isEmpty()).isTrue();
    assertThat(reads).hasValue(1);
  }

  @Test
  void rule6_traceparentInTwoCases_isDropped() {
    Map<String, String> headers = new TreeMap<>(); // case-sensitive, as the headers of a message
    headers.put("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    headers.put("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00");
    headers.put("x-request-id", "abc");

    Context context =
        TracingPropagation.create().extract(Context.root(), headers, MapGetter.LISTS_NAMES);

    assertThat(HeaderLines.inject(TracingPropagation.create(), context))
        .containsExactly("x-request-id: abc");
  }

  /** A blank line is not a value, whether it is the first or the second line. */
  @ParameterizedTest
  @ValueSource(strings = {"traceparent: %s|traceparent:", "traceparent:|Traceparent: %s"})
  void rule6_blankLineBesideTraceparent_countsAsAbsent(String lines) {
    String valid = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    List<String> inbound = List.of(lines.formatted(valid).split("\\|", -1));
    TracingPropagation propagation = TracingPropagation.create();

    assertThat(HeaderLines.inject(propagation, HeaderLines.extract(propagation, inbound)))
        .containsExactly("traceparent: " + valid);
  }

  /** A request wrapper can list its own names and those of the wrapped request. */
  @Test
  void rule6_nameReturnedInTwoCases_isReadOnce() {
    String parent = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    InboundHeaders names = HeaderLines.names(List.of(parent, "tracestate: a", "TraceState: b"));
    TracingPropagation propagation = TracingPropagation.create();

    assertThat(HeaderLines.inject(propagation, Context.root().with(propagation.capture(names))))
        .containsExactly(parent, "tracestate: a,b");
  }

  @Test
  void rule6_joinedListOverTheLimit_isDroppedWhole() {
    TracingPropagation propagation =
        TracingPropagation.builder().additionalHeaders("baggage").maxValueLength(9).build();

    assertThat(roundTrip(propagation, "baggage: a=1", "baggage: b=222")).hasSize(1);
    assertThat(roundTrip(propagation, "baggage: a=1", "baggage: b=2222")).isEmpty();
  }

  private static List<String> roundTrip(TracingPropagation propagation, String... lines) {
    return HeaderLines.inject(propagation, HeaderLines.extract(propagation, List.of(lines)));
  }
}
