// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bookinfo's contract between reviews and ratings, and bookinfo's fault modes. */
final class RatingsTest {
  private static final String DEFAULTS = "{\"id\":0,\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}";
  private static final String UNAVAILABLE = "{\"error\":\"Service unavailable\"}";

  private final List<Duration> sleeps = new ArrayList<>();
  private final List<String> requestIds = new ArrayList<>();
  private Instant now = Instant.EPOCH;
  private boolean random;

  @Test
  void get_answersTheDefaults() throws Exception {
    try (Service ratings = start("v1")) {
      Http.Answer response = Http.get(ratings.uri("/ratings/0"));

      assertAnswer(response, 200, DEFAULTS);
      assertThat(response.contentType()).isEqualTo("application/json");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "007, 7",
    "-3, -3",
    "%2b3, ",
    "+3, 3",
    "12abc, 12",
    "1.5, 1",
    "0x1F, 31",
    "0x, ",
    "abc, ",
    "'', ",
    "1/2, 2",
    "1/x, ",
    "99999999999999, 99999999999999",
    "5?a=b, 5"
  })
  void get_parsesTheNumberAsBookinfo(String segment, String id) throws Exception {
    try (Service ratings = start("v1")) {
      Http.Answer response = Http.get(ratings.uri("/ratings/" + segment));

      if (id == null) {
        assertAnswer(response, 400, "{\"error\":\"please provide numeric product ID\"}");
      } else {
        assertAnswer(response, 200, DEFAULTS.replace(":0,", ":" + id + ","));
      }
    }
  }

  @Test
  void post_isStoredForItsProduct() throws Exception {
    String posted = "{\"id\":7,\"ratings\":{\"Reviewer2\":1,\"Reviewer1\":[null]}}";
    try (Service ratings = start("v1")) {
      assertAnswer(
          Http.post(ratings.uri("/ratings/7"), "{\"Reviewer2\":1, \"Reviewer1\":[null]}"),
          200,
          posted);
      assertAnswer(Http.get(ratings.uri("/ratings/7")), 200, posted);
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "x", "{} {}"})
  void post_ofInvalidJson_is400(String body) throws Exception {
    try (Service ratings = start("v1")) {
      assertAnswer(
          Http.post(ratings.uri("/ratings/0"), body),
          400,
          "{\"error\":\"please provide valid ratings JSON\"}");
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
    }
  }

  @Test
  void post_withoutANumber_is400() throws Exception {
    try (Service ratings = start("v1")) {
      assertAnswer(
          Http.post(ratings.uri("/ratings/x"), "{}"),
          400,
          "{\"error\":\"please provide numeric product ID\"}");
    }
  }

  @Test
  void post_overTheLimit_is413() throws Exception {
    String largest = "\"" + "a".repeat(RatingsServlet.MAX_BODY_BYTES - 2) + "\"";
    try (Service ratings = start("v1")) {
      assertThat(Http.post(ratings.uri("/ratings/0"), largest).status()).isEqualTo(200);
      assertThat(Http.post(ratings.uri("/ratings/0"), largest + " ").status()).isEqualTo(413);
    }
  }

  @Test
  void post_ofTooManyProducts_evictsTheOldest() throws Exception {
    try (Service ratings = start("v1")) {
      for (int id = 0; id <= Ratings.MAX_PRODUCTS; id++) {
        Http.post(ratings.uri("/ratings/" + id), "{}");
      }
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
      assertAnswer(Http.get(ratings.uri("/ratings/1")), 200, "{\"id\":1,\"ratings\":{}}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{\"a\":"})
  void post_ofDeepJson_is400(String open) throws Exception {
    try (Service ratings = start("v1")) {
      String body = open.repeat(RatingsServlet.MAX_BODY_BYTES / open.length());

      assertThat(Http.post(ratings.uri("/ratings/0"), body).status()).isEqualTo(400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 999999999999", "Transfer-Encoding: chunked"})
  void post_withoutEnd_closesTheConnection(String length) throws Exception {
    byte[] part = ("1000\r\n" + "x".repeat(0x1000) + "\r\n").getBytes(US_ASCII);
    String head = "POST /ratings/0 HTTP/1.1\r\nHost: ratings\r\n" + length + "\r\n\r\n";
    try (Service ratings = start("v1");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), ratings.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(US_ASCII));

      assertThatThrownBy(
              () -> {
                for (int sent = 0; sent < (1 << 30); sent += part.length) {
                  out.write(part);
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/ratings", "/health/x", "/x"})
  void unknownPath_isNotFound(String path) throws Exception {
    try (Service ratings = start("v1")) {
      assertThat(Http.get(ratings.uri(path)).status()).isEqualTo(404);
      assertThat(Http.post(ratings.uri(path), "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void health_is200() throws Exception {
    for (String version : List.of("v1", "v-faulty", "v-delayed", "v-unavailable", "v-unhealthy")) {
      try (Service ratings = start(version)) {
        assertAnswer(Http.get(ratings.uri("/health")), 200, "{\"status\":\"Ratings is healthy\"}");
      }
    }
  }

  @Test
  void faulty_answers503AtRandom() throws Exception {
    try (Service ratings = start("v-faulty")) {
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
      random = true;
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 503, UNAVAILABLE);
      assertThat(Http.post(ratings.uri("/ratings/0"), "{}").status()).isEqualTo(200);
    }
  }

  @Test
  void delayed_sleepsAtRandom() throws Exception {
    try (Service ratings = start("v-delayed")) {
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
      random = true;
      assertAnswer(Http.get(ratings.uri("/ratings/0")), 200, DEFAULTS);
    }
    assertThat(sleeps).containsExactly(Duration.ZERO, Duration.ofSeconds(7));
  }

  @Test
  void unavailable_answers503EveryOtherMinute() throws Exception {
    try (Service ratings = start("v-unavailable")) {
      assertStatusAt(ratings, Duration.ofSeconds(59), 200, 200);
      assertStatusAt(ratings, Duration.ofMinutes(1), 503, 200);
      assertStatusAt(ratings, Duration.ofSeconds(119), 503, 200);
      assertStatusAt(ratings, Duration.ofMinutes(2), 200, 200);
      assertStatusAt(ratings, Duration.ofMinutes(3), 503, 200);
    }
  }

  @Test
  void unhealthy_answers503EveryOtherQuarterOfAnHour() throws Exception {
    try (Service ratings = start("v-unhealthy")) {
      assertStatusAt(ratings, Duration.ofSeconds(899), 200, 200);
      assertStatusAt(ratings, Duration.ofMinutes(15), 503, 500);
      assertAnswer(
          Http.get(ratings.uri("/health")), 500, "{\"status\":\"Ratings is not healthy\"}");
      assertStatusAt(ratings, Duration.ofSeconds(1799), 503, 500);
      assertStatusAt(ratings, Duration.ofMinutes(30), 200, 200);
    }
  }

  @Test
  void grpc_answersWhatHttpDoes() throws Exception {
    try (RatingsService ratings = start("v1");
        RatingsClient grpc = grpc(ratings)) {
      assertThat(grpc.stars(0)).isEqualTo(Map.of("Reviewer1", 5, "Reviewer2", 4));

      Http.post(ratings.uri("/ratings/7"), "{\"Reviewer2\":1,\"Reviewer3\":2}");

      assertThat(grpc.stars(7)).isEqualTo(Map.of("Reviewer2", 1));
      assertThat(grpc.stars(0)).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"Reviewer1\":\"5\"}", "{\"Reviewer1\":4.5}"})
  void grpc_ofStarsThatAreNoNumbers_isFailedPrecondition(String posted) throws Exception {
    try (RatingsService ratings = start("v1");
        RatingsClient grpc = grpc(ratings)) {
      Http.post(ratings.uri("/ratings/0"), posted);

      assertThatThrownBy(() -> grpc.stars(0)).hasMessage("gRPC status FAILED_PRECONDITION");
    }
  }

  @Test
  void grpc_hasTheFaultModes() throws Exception {
    random = true;
    try (RatingsService ratings = start("v-faulty");
        RatingsClient grpc = grpc(ratings)) {
      assertThatThrownBy(() -> grpc.stars(0)).hasMessage("gRPC status UNAVAILABLE");
    }
    try (RatingsService ratings = start("v-delayed");
        RatingsClient grpc = grpc(ratings)) {
      assertThat(grpc.stars(0)).hasSize(2);
    }
    assertThat(sleeps).containsExactly(Duration.ofSeconds(7));
  }

  @Test
  void headers_ofEitherProtocol_areCurrentInTheService() throws Exception {
    Metadata metadata = new Metadata();
    metadata.put(Metadata.Key.of("x-request-id", Metadata.ASCII_STRING_MARSHALLER), "2");
    try (RatingsService ratings = start("v1");
        RatingsClient grpc =
            new GrpcRatingsClient(
                ManagedChannelBuilder.forTarget(ratings.grpcUri().getAuthority())
                    .usePlaintext()
                    .intercept(MetadataUtils.newAttachHeadersInterceptor(metadata))
                    .build(),
                Duration.ofSeconds(30))) {
      Http.get(ratings.uri("/ratings/0"), Map.of("x-request-id", "1"));
      grpc.stars(0);
    }
    assertThat(requestIds).containsExactly("1", "2");
  }

  /** Runs in the service, on the thread of the request. */
  private void sleep(Duration duration) {
    sleeps.add(duration);
    requestIds.add(String.valueOf(CapturedHeaders.current().requestId()));
  }

  private static RatingsClient grpc(RatingsService ratings) {
    return GrpcRatingsClient.create(
        ratings.grpcUri(), Duration.ofSeconds(30), TracingPropagation.create());
  }

  private void assertStatusAt(Service ratings, Duration time, int get, int health)
      throws IOException {
    now = Instant.EPOCH.plus(time);
    assertThat(Http.get(ratings.uri("/ratings/0")).status()).as("%s", time).isEqualTo(get);
    assertThat(Http.get(ratings.uri("/health")).status()).as("%s", time).isEqualTo(health);
  }

  private static void assertAnswer(Http.Answer response, int status, String body) {
    assertThat(response.body()).isEqualTo(body);
    assertThat(response.status()).isEqualTo(status);
  }

  private RatingsService start(String version) throws IOException {
    Environment environment = new Environment(Map.of("SERVICE_VERSION", version));
    Ratings service = new Ratings(environment, () -> random, () -> now, this::sleep);
    return RatingsService.start(ServerSettings.local(TracingPropagation.create()), service);
  }
}
