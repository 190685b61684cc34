// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.PropagationCase;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.MapRequest;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From an inbound request to an outgoing one: which headers are forwarded. */
class TracingPropagationTest {
  private static final URI RATINGS = URI.create("http://ratings:9080/ratings/0");

  @ParameterizedTest
  @MethodSource("io.github.tracingpropagation.check.PropagationCase#all")
  void captured_isForwarded(PropagationCase row) {
    TracingPropagation propagation = TracingPropagation.create();

    assertThat(HeaderLines.inject(propagation, HeaderLines.extract(propagation, row.in())))
        .isEqualTo(row.out());
  }

  @Test
  void rule2_noProvider_onlyTheRequestIdIsForwarded() {
    TracingPropagation propagation = TracingPropagation.builder().providers().build();

    assertThat(propagation.fields()).containsExactly("x-request-id");
    assertThat(
            roundTrip(propagation, "x-request-id: a", "x-b3-sampled: 1", "traceparent: whatever"))
        .containsExactly("x-request-id: a");
  }

  @Test
  void rule3_additionalHeader_isForwardedAfterTheKnownOnes() {
    TracingPropagation propagation =
        TracingPropagation.builder().providers().additionalHeaders("End-User", "baggage").build();

    assertThat(roundTrip(propagation, "end-user: jason", "baggage: a=1", "Baggage: b=2"))
        .containsExactly("baggage: a=1,b=2", "end-user: jason");
  }

  @Test
  void additionalHeaders_maximumNumber_areFamiliesOfTheirOwn() {
    List<String> lines = IntStream.range(0, 41).mapToObj(i -> "x-own-" + i + ": v" + i).toList();
    TracingPropagation propagation =
        TracingPropagation.builder()
            .additionalHeaders(lines.stream().map(HeaderLines::name).toArray(String[]::new))
            .build();
    Context context = HeaderLines.extract(propagation, lines);

    assertThat(HeaderLines.inject(propagation, context)).isEqualTo(lines);
    MapRequest request = MapRequest.to("ratings", "X-Own-40");
    propagation.inject(CapturedHeaders.from(context), request);
    assertThat(request.added()).hasSize(40).doesNotContainKey("x-own-40");
  }

  @Test
  void rule5_controlCharacters_areDropped() {
    for (char c : new char[] {0, '\n', '\r', 0x1b, 0x7f, 0x80, '\u0100', '\ud83d'}) {
      assertThat(roundTrip(TracingPropagation.create(), "x-request-id: a" + c + "b")).isEmpty();
    }
  }

  @Test
  void rule5_nonAsciiName_isNotAKnownHeader() {
    assertThat(
            roundTrip(TracingPropagation.create(), "x-reque\u017ft-id: a", "x-b3-\u017fampled: 1"))
        .isEmpty();
  }

  @Test
  void rule7_requestHasAMemberOfAFamily_familyIsNotSet() {
    MapRequest request = MapRequest.to("ratings", "X-B3-TraceId");

    TracingPropagation.create().inject(HeaderLines.captured("b3: 1", ID), request);

    assertThat(request.added()).containsOnlyKeys("x-request-id");
  }

  @Test
  void rule8_destinationsNameHosts_propagatorForwardsNothing() {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build();
    Context context = HeaderLines.extract(propagation, List.of(ID));
    Map<String, String> request = new TreeMap<>();

    propagation.propagator().inject(context, request, TracingPropagationTest::put);
    assertThat(request).isEmpty();
    propagation.inject(
        context, URI.create("http://example.com"), request, TracingPropagationTest::put);
    assertThat(request).isEmpty();
    propagation.inject(context, RATINGS, request, TracingPropagationTest::put);
    assertThat(request).containsOnlyKeys("x-request-id");
  }

  @ParameterizedTest
  @CsvSource({
    "ratings,,true",
    "ratings:9080,ratings,true",
    "RATINGS,ratings:9080,true",
    "ratings,example.com,false", // a proxy goes by it
    "example.com,ratings,false",
    "ratings,ratings@example.com,false",
    ",,false",
    ",ratings,false"
  })
  void rule8_hostAndHostHeader_mustBothBeAllowed(
      @Nullable String host, @Nullable String hostHeader, boolean allowed) {
    MapRequest request = new MapRequest(host, hostHeader, List.of("Host"), new TreeMap<>());
    TracingPropagation toRatings =
        TracingPropagation.builder().forwardTo(Destinations.hosts("ratings")).build();

    toRatings.inject(HeaderLines.captured(ID), request);
    assertThat(request.added()).hasSize(allowed ? 1 : 0);

    request.added().clear();
    TracingPropagation.create().inject(HeaderLines.captured(ID), request);
    assertThat(request.added()).containsOnlyKeys("x-request-id");
  }

  @Test
  void rule10_requestWithoutHeaders_replacesAnOlderSnapshot() {
    TracingPropagation propagation = TracingPropagation.create();
    Context leaked = HeaderLines.extract(propagation, List.of(ID));
    Context empty = propagation.extract(leaked, Map.of(), MapGetter.LISTS_NAMES);
    Context none = propagation.extract(leaked, null, MapGetter.LISTS_NAMES);

    assertThat(CapturedHeaders.from(empty).isEmpty()).isTrue();
    assertThat(CapturedHeaders.from(none).isEmpty()).isTrue();
  }

  @Test
  void rule10_requestWithoutHeaders_noOlderSnapshot_isStatedByOneSharedContext() {
    TracingPropagation propagation = TracingPropagation.create();
    Context context = propagation.extract(Context.root(), Map.of(), MapGetter.LISTS_NAMES);

    assertThat(CapturedHeaders.find(Context.root())).isNull();
    assertThat(CapturedHeaders.find(context)).isSameAs(CapturedHeaders.empty());
    assertThat(propagation.extract(Context.root(), Map.of(), MapGetter.LISTS_NAMES))
        .isSameAs(context);
    assertThat(propagation.extract(context, Map.of(), MapGetter.LISTS_NAMES)).isSameAs(context);
  }

  /** The names have the same length and middle character, hence the same slot. */
  @Test
  void additionalNames_withTheSameHash_areDistinct() {
    TracingPropagation propagation =
        TracingPropagation.builder().additionalHeaders("a-x-b", "c-x-d", "e-x-f").build();

    assertThat(roundTrip(propagation, "C-x-D: 2", "g-x-h: 4", "a-x-b: 1"))
        .containsExactlyInAnyOrder("a-x-b: 1", "c-x-d: 2");
  }

  @Test
  void getterWithoutKeys_isReadByWatchedNames() {
    TracingPropagation propagation = TracingPropagation.create();
    Map<String, String> headers =
        Map.of("x-request-id", "abc", "x-b3-sampled", "1", "cookie", "a=b");

    Context context = propagation.extract(Context.root(), headers, MapGetter.LOOKS_UP_ONLY);

    assertThat(HeaderLines.inject(propagation, context))
        .containsExactly("x-request-id: abc", "x-b3-sampled: 1");
  }

  @Test
  void otherConfiguration_forwardsHeadersThatBothWatch() {
    TracingPropagation captures =
        TracingPropagation.builder().additionalHeaders("x-one", "x-two").build();
    TracingPropagation forwards =
        TracingPropagation.builder().providers().additionalHeaders("x-two", "x-three").build();
    Context context =
        HeaderLines.extract(captures, List.of(ID, "b3: 1", "x-one: 1", "x-two: 2", "x-three: 3"));

    assertThat(HeaderLines.inject(forwards, context)).containsExactly(ID, "x-two: 2");
  }

  @Test
  @SuppressWarnings("NullAway") // TextMapSetter allows null for a carrier; inject passes it on
  void jdkHttpClient_isOneLine() {
    TracingPropagation propagation = TracingPropagation.create();
    Context context = HeaderLines.extract(propagation, List.of(ID));
    HttpRequest.Builder request = HttpRequest.newBuilder(RATINGS);

    propagation.inject(context, RATINGS, request, HttpRequest.Builder::setHeader);

    assertThat(request.build().headers().map()).containsOnlyKeys("x-request-id");
  }

  @Test
  void toString_containsEffectiveSettingsAndTheirSources() {
    assertThat(
            TracingPropagation.builder()
                .providers(TracingProvider.XRAY)
                .additionalHeaders("end-user")
                .build())
        .hasToString(
            "TracingPropagation{providers=[XRAY] (code), additional-headers=[end-user] (code),"
                + " forward-to=any() (default), max-value-length=4096 (default)}");
    assertThat(TracingPropagation.create().toString()).hasSizeLessThan(150);
  }

  /** Frameworks add every bean of that type to the propagators of their tracer. */
  @Test
  void propagation_isNotAPropagator_butReturnsOne() {
    TracingPropagation propagation = TracingPropagation.create();

    assertThat((Object) propagation).isNotInstanceOf(TextMapPropagator.class);
    assertThat(propagation.propagator().fields()).isEqualTo(propagation.fields());
  }

  private static final String ID = "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11";

  private static List<String> roundTrip(TracingPropagation propagation, String... lines) {
    return HeaderLines.inject(propagation, HeaderLines.extract(propagation, List.of(lines)));
  }

  private static void put(@Nullable Map<String, String> request, String name, String value) {
    if (request != null) {
      request.put(name, value);
    }
  }
}
