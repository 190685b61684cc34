// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.http.HttpHeader;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rule 5, with clients and a server that reject invalid header values. */
class HostileHeadersTest {
  private static final TracingPropagation PROPAGATION =
      TracingPropagation.builder().additionalHeaders("baggage").build();
  private static final WireMockServer RATINGS =
      new WireMockServer(options().dynamicPort().bindAddress("127.0.0.1"));
  private static final OkHttpClient OKHTTP = new OkHttpClient();
  private static final HttpClient JDK =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void startRatings() {
    RATINGS.start();
    RATINGS.stubFor(get(anyUrl()).willReturn(ok()));
  }

  @AfterAll
  static void stopRatings() {
    RATINGS.stop();
    OKHTTP.connectionPool().evictAll();
    OKHTTP.dispatcher().executorService().shutdown();
  }

  /** The reason for rule 5: one inbound header, copied by a loop, makes every call fail. */
  /** Without Jazzer, which takes longer to instrument the classes than to run all of these. */
  @ParameterizedTest
  @MethodSource({
    "io.github.tracingpropagation.HostileHeadersFuzzTest#table",
    "io.github.tracingpropagation.HostileHeadersFuzzTest#corpus"
  })
  void rule5_inputsOfTheFuzzTest_leaveUnchangedOrNotAtAll(byte[] bytes) {
    new HostileHeadersFuzzTest().rule5_whateverArrives_leavesUnchangedOrNotAtAll(bytes);
  }

  @Test
  void okhttp_withoutTheLibrary_throws() {
    Request.Builder request = new Request.Builder().url(RATINGS.baseUrl());

    assertThatThrownBy(() -> request.header("x-request-id", "caf\u00e9"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void rule5_everyChar_arrivesUnchangedOrNotAtAll() throws Exception {
    for (int c : everyKindOfChar()) {
      String value = "a" + Character.toString(c) + "b";
      Context context = capture(List.of(value));
      boolean valid = c == '\t' || (c >= ' ' && c <= '~');
      List<String> expected = valid ? List.of(value) : List.of();

      assertThat(okhttpCall(context)).as("U+%04X by OkHttp", c).isEqualTo(expected);
      assertThat(jdkCall(context)).as("U+%04X by the JDK", c).isEqualTo(expected);
    }
  }

  @Test
  void rule5_binaryMetadata_isForwardedIfItCanBeDecoded() {
    List<String> values = List.of("");
    for (int length = 1; length <= 6; length++) {
      values = values.stream().flatMap(v -> Stream.of("A", "/", "=", "-").map(v::concat)).toList();
      for (String value : values) {
        assertThat(CapturedHeaders.from(capture(List.of(value))).get("grpc-trace-bin"))
            .as(value)
            .isEqualTo(isBase64(value) ? value : null);
      }
    }
  }

  private static boolean isBase64(String value) {
    try {
      return Base64.getDecoder().decode(value).length > 0;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void rule5_thousandsOfHugeLines_areNotRetained() {
    String huge = "k=" + "v".repeat(100_000);

    assertThat(CapturedHeaders.from(capture(() -> Collections.nCopies(10_000, huge).iterator())))
        .isSameAs(CapturedHeaders.empty());
  }

  @Test
  void rule5_endlessLines_areReadUpToTheLimit() {
    AtomicInteger read = new AtomicInteger();
    CapturedHeaders captured =
        CapturedHeaders.from(
            capture(() -> Stream.generate(() -> "k" + read.incrementAndGet() + "=v").iterator()));
    int[] chars = {0};
    captured.forEach((name, value) -> chars[0] += value.length());

    assertThat(chars[0]).isLessThan(PROPAGATION.fields().size() * 4096);
    assertThat(read).hasValueLessThan(2 * 4096);
  }

  private static int[] everyKindOfChar() {
    IntStream beyond = IntStream.of(0x100, 0x2028, 0xd83d, 0xdc00, 0xfeff, 0xffff, 0x1f600);
    return IntStream.concat(IntStream.rangeClosed(0, 0xff), beyond).toArray();
  }

  /** Captures a request in which every watched header has these lines. */
  private static Context capture(Iterable<String> lines) {
    return PROPAGATION.extract(Context.root(), lines, new SameForEachName());
  }

  private static List<String> okhttpCall(Context context) throws Exception {
    URI uri = URI.create(RATINGS.baseUrl());
    Request.Builder request = new Request.Builder().url(uri.toURL());
    PROPAGATION.inject(context, uri, request, (to, name, value) -> request.header(name, value));
    try (Response response = OKHTTP.newCall(request.build()).execute()) {
      assertThat(response.code()).isEqualTo(200);
    }
    return arrived();
  }

  private static List<String> jdkCall(Context context) throws Exception {
    URI uri = URI.create(RATINGS.baseUrl());
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    PROPAGATION.inject(context, uri, request, (to, name, value) -> request.setHeader(name, value));
    assertThat(JDK.send(request.build(), BodyHandlers.discarding()).statusCode()).isEqualTo(200);
    return arrived();
  }

  private static List<String> arrived() {
    List<LoggedRequest> requests = RATINGS.findAll(anyRequestedFor(anyUrl()));
    RATINGS.resetRequests();
    assertThat(requests).hasSize(1);
    HttpHeader header = requests.get(0).header("x-request-id");
    return header.isPresent() ? header.values() : List.of();
  }

  private static final class SameForEachName implements TextMapGetter<Iterable<String>> {
    @Override
    @SuppressWarnings("deprecation")
    public Iterable<String> keys(Iterable<String> lines) {
      return PROPAGATION.fields();
    }

    @Override
    public @Nullable String get(@Nullable Iterable<String> lines, String name) {
      return getAll(lines, name).next();
    }

    @SuppressWarnings("MissingOverride") // only since OpenTelemetry's API 1.50
    public Iterator<String> getAll(@Nullable Iterable<String> lines, String name) {
      return requireNonNull(lines).iterator();
    }
  }
}
