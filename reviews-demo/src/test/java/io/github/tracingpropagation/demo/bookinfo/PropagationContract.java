// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.RawHttp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which headers of a request to reviews arrive at ratings; each client has a subclass. */
@TestInstance(
    TestInstance.Lifecycle.PER_CLASS) // one start for all: ratings waits 2 s for open connections
abstract class PropagationContract {
  static final List<Scenario> SCENARIOS = Scenario.ALL;

  private static final Collection<String> TRACING = TracingPropagation.create().fields();
  private static final int REQUESTS = 2000;
  private static final int THREADS = 32;

  private final RequestRecorder atRatings = new RequestRecorder();
  private final String client;
  private RatingsService ratings;
  private Service recorder;
  private Service reviews;

  @SuppressWarnings("NullAway.Init") // set by start()
  PropagationContract(String client) {
    this.client = client;
  }

  @BeforeAll
  void start() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    ratings = RatingsService.start(ServerSettings.local(propagation));
    recorder = atRatings.inFrontOf(client.equals("grpc") ? ratings.grpcUri() : ratings.uri(""));
    reviews = TestReviews.start(client, recorder.port(), propagation);
    Http.get(recorder.uri("/ratings/0")); // loads its classes before reviews waits for it
    atRatings.next();
  }

  @AfterAll
  void stop() {
    reviews.close();
    recorder.close();
    ratings.close();
  }

  @ParameterizedTest
  @FieldSource("SCENARIOS")
  void headers_ofAScenario_arriveUnchanged(Scenario scenario) throws Exception {
    Http.get(reviews.uri("/reviews/0"), scenario.headers());

    assertThat(tracingHeaders(atRatings.next())).isEqualTo(listed(scenario.headers()));
  }

  @Test
  void otherHeaders_areNotForwarded() throws Exception {
    Http.get(
        reviews.uri("/reviews/0"),
        Map.of("cookie", "a=b", "authorization", "Basic eDp5", "end-user", "jason", "jwt", "x"));

    assertThat(atRatings.next().names())
        .extracting(Object::toString)
        .contains("user-agent")
        .doesNotContain("cookie", "authorization", "end-user", "jwt");
  }

  /** Each char is a byte: the first is Latin-1, the second the same in UTF-8. */
  @ParameterizedTest
  @ValueSource(strings = {"caf\u00e9", "caf\u00c3\u00a9", "", " ", " \t "})
  void requestId_nonAsciiOrBlank_isDropped(String value) throws Exception {
    assertDropped(value);
  }

  @Test
  void requestId_tooLong_isDropped() throws Exception {
    assertDropped("a".repeat(5000));
  }

  @Test
  void requestId_repeated_forwardsTheFirst() throws Exception {
    assertThat(sendRaw("x-request-id: first", "X-Request-Id: second"))
        .isEqualTo(Map.of("x-request-id", List.of("first")));
  }

  @Test
  void headers_ofConcurrentRequests_neverMix() throws Exception {
    List<Callable<Integer>> calls = new ArrayList<>();
    for (int id = 0; id < REQUESTS; id++) {
      String path = "/reviews/" + id;
      Map<String, String> headers = headersOf(id);
      calls.add(() -> Http.get(reviews.uri(path), headers).status());
    }
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<Integer> status : executor.invokeAll(calls)) {
        assertThat(status.get()).isEqualTo(200);
      }
    } finally {
      executor.shutdownNow();
    }

    List<Map<String, List<String>>> received = new ArrayList<>();
    for (int i = 0; i < REQUESTS; i++) {
      RequestHeaders request = atRatings.next();
      received.add(tracingHeaders(request));
      if (!client.equals("grpc")) { // whose path has no id
        int id = Integer.parseInt(request.path().substring("/ratings/".length()));
        assertThat(received.get(i)).as(request.path()).isEqualTo(listed(headersOf(id)));
      }
    }
    assertThat(received)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, REQUESTS).mapToObj(id -> listed(headersOf(id))).toList());
  }

  /** Odd ids have no headers. */
  private static Map<String, String> headersOf(int id) {
    return id % 2 != 0
        ? Map.of()
        : Map.of(
            "x-request-id",
            "request-" + id,
            "x-b3-traceid",
            "%016x".formatted(id + 1),
            "x-b3-spanid",
            "%016x".formatted(REQUESTS + id + 1),
            "x-b3-sampled",
            id % 4 == 0 ? "1" : "0");
  }

  private void assertDropped(String requestId) throws Exception {
    assertThat(sendRaw("x-request-id:" + requestId, "x-b3-sampled: 1"))
        .isEqualTo(Map.of("x-b3-sampled", List.of("1")));
  }

  private Map<String, List<String>> sendRaw(String... lines) throws Exception {
    RawHttp.Response response = RawHttp.get(reviews.uri("/reviews/0"), List.of(lines));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).contains("\"stars\":5", "\"stars\":4");
    return tracingHeaders(atRatings.next());
  }

  private static Map<String, List<String>> tracingHeaders(RequestHeaders request) {
    Map<String, List<String>> headers = new HashMap<>();
    TRACING.stream()
        .filter(request::contains)
        .forEach(name -> headers.put(name, request.getAll(name)));
    return headers;
  }

  private static Map<String, List<String>> listed(Map<String, String> headers) {
    Map<String, List<String>> listed = new HashMap<>();
    headers.forEach((name, value) -> listed.put(name, List.of(value)));
    return listed;
  }
}
