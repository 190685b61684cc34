// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bookinfo's contract between productpage and reviews; each client has a subclass. */
abstract class ReviewsContract {
  private static final String TEXT_1 =
      "An extremely entertaining play by Shakespeare. The slapstick humour is refreshing!";
  private static final String TEXT_2 =
      "Absolutely fun and entertaining. The play lacks thematic depth when compared to other plays"
          + " by Shakespeare.";
  private static final String ERROR =
      ",\"rating\":{\"error\":\"Ratings service is currently unavailable\"}";
  private static final String GOOD = "{\"id\":0,\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4}}";

  /** Longer than any response takes, so that only the hanging ones time out. */
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @RegisterExtension
  static final WireMockExtension RATINGS =
      WireMockExtension.newInstance()
          .options(wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
          .build();

  private final String client;

  ReviewsContract(String client) {
    this.client = client;
  }

  @Test
  void health_isGood() throws Exception {
    try (Service reviews = start(settings(false, "black"))) {
      Http.Answer response = Http.get(reviews.uri("/health"));

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("{\"status\":\"Reviews is healthy\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/reviews/abc", "/reviews/1.5", "/reviews/99999999999", "/reviews", "/x"})
  void unknownPath_isNotFound(String path) throws Exception {
    try (Service reviews = start(settings(false, "black"))) {
      assertThat(Http.get(reviews.uri(path)).status()).isEqualTo(404);
    }
  }

  @Test
  void reviews_v1_haveNoRatings() throws Exception {
    assertThat(reviewsWith(settings(false, "black"))).isEqualTo(json("null", "null", "", ""));
    RATINGS.verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"black", "red"})
  void reviews_v2AndV3_haveStars(String color) throws Exception {
    RATINGS.stubFor(get("/ratings/0").willReturn(okJson(GOOD)));

    assertThat(reviewsWith(settings(true, color)))
        .isEqualTo(json("null", "null", stars(5, color), stars(4, color)));
  }

  @Test
  void response_hasPodAndClusterName() throws Exception {
    ReviewsSettings settings =
        new ReviewsSettings(
            false, "black", ratingsUri(), TIMEOUT, "reviews-v1-abc", "Kubernetes", client);

    assertThat(reviewsWith(settings)).isEqualTo(json("reviews-v1-abc", "Kubernetes", "", ""));
  }

  @Test
  void ratings_withoutAReviewer_areAnErrorForThatOne() throws Exception {
    RATINGS.stubFor(get("/ratings/0").willReturn(okJson("{\"ratings\":{\"Reviewer2\":3}}")));

    assertThat(reviewsWith(settings(true, "black")))
        .isEqualTo(json("null", "null", ERROR, stars(3, "black")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "null",
        "[]",
        "\"ratings\"",
        "{}",
        "{\"ratings\":[5,4]}",
        "{\"ratings\":null}",
        "{\"ratings\":{\"Reviewer1\":\"5\",\"Reviewer2\":4}}",
        "{\"ratings\":{\"Reviewer1\":5,\"Reviewer2\":4.5}}",
        "{\"ratings\":{\"Reviewer1\":null,\"Reviewer2\":4}}",
        "{\"ratings\":{\"Reviewer1\":99999999999,\"Reviewer2\":4}}",
        GOOD + GOOD,
        "<html>" + GOOD
      })
  void invalidRatings_areAnError(String body) throws Exception {
    assertFailed(okJson(body));
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 302, 404, 429, 500, 503})
  void ratings_withAnotherStatus_areAnError(int status) throws Exception {
    RATINGS.stubFor(get("/other").willReturn(okJson(GOOD)));

    assertFailed(
        aResponse()
            .withStatus(status)
            .withHeader("Location", RATINGS.url("/other"))
            .withBody(status == 204 ? "" : GOOD));
  }

  @Test
  void slowRatings_areAnError() throws Exception {
    try (FailingServer silent = FailingServer.silent()) {
      ReviewsSettings shortTimeout =
          new ReviewsSettings(
              true, "black", silent.uri(), Duration.ofMillis(100), "null", "null", client);

      assertThat(reviewsWith(shortTimeout)).isEqualTo(json("null", "null", ERROR, ERROR));
    }
  }

  @Test
  void refusedConnection_isAnError() throws Exception {
    URI nobody = URI.create(FailingServer.NONE + "/ratings");
    ReviewsSettings settings =
        new ReviewsSettings(true, "black", nobody, TIMEOUT, "null", "null", client);

    assertThat(reviewsWith(settings)).isEqualTo(json("null", "null", ERROR, ERROR));
  }

  private void assertFailed(ResponseDefinitionBuilder answer) throws Exception {
    RATINGS.stubFor(get("/ratings/0").willReturn(answer));

    assertThat(reviewsWith(settings(true, "black"))).isEqualTo(json("null", "null", ERROR, ERROR));
  }

  private String reviewsWith(ReviewsSettings settings) throws Exception {
    try (Service reviews = start(settings)) {
      Http.Answer response = Http.get(reviews.uri("/reviews/0"));
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.contentType()).isEqualTo("application/json");
      return response.body();
    }
  }

  private ReviewsSettings settings(boolean ratings, String color) {
    return new ReviewsSettings(ratings, color, ratingsUri(), TIMEOUT, "null", "null", client);
  }

  private static Service start(ReviewsSettings settings) throws IOException {
    return ReviewsService.start(ServerSettings.local(TracingPropagation.create()), settings);
  }

  private static URI ratingsUri() {
    return URI.create(RATINGS.url("/ratings"));
  }

  private static String stars(int stars, String color) {
    return ",\"rating\":{\"stars\":" + stars + ",\"color\":\"" + color + "\"}";
  }

  private static String json(String podname, String clustername, String rating1, String rating2) {
    return "{\"id\":\"0\",\"podname\":\"%s\",\"clustername\":\"%s\",\"reviews\":["
            .formatted(podname, clustername)
        + "{\"reviewer\":\"Reviewer1\",\"text\":\"%s\"%s},".formatted(TEXT_1, rating1)
        + "{\"reviewer\":\"Reviewer2\",\"text\":\"%s\"%s}]}".formatted(TEXT_2, rating2);
  }
}
