// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How often reviews calls a ratings that fails, and what it logs; each client has a subclass. */
@Timeout(120)
abstract class FailureContract {
  private static final String SECRET = "4fbb1f4e";

  @RegisterExtension final LogLines log = new LogLines();
  private final String client;

  FailureContract(String client) {
    this.client = client;
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "HTTP/1.1 503 %s\\r\\n%s: %s\\r\\n\\r\\n      | ratings answered 503",
        "HTTP/1.1 302 Found\\r\\nLocation: /%s\\r\\n\\r\\n | ratings answered 302",
        "HTTP/1.1 200 OK\\r\\n\\r\\n{\"ratings\":\"%s\"}  | ratings are not an object",
        "HTTP/1.1 200 OK\\r\\n\\r\\n{\"ratings\":{\"Reviewer1\":\"%s\"}} | stars are not a whole number",
        "HTTP/1.1 200 OK\\r\\n\\r\\n<html>%s           | JsonParseException",
        "HTTP/1.1 200 OK\\r\\n\\r\\n{\"%s                | JsonEOFException",
      })
  void answer_thatIsWrong_isOneCallAndOneLine(String answer, String reason) throws Exception {
    try (FailingServer ratings = FailingServer.answering(withSecret(answer))) {
      assertFails(ratings, reason);

      assertThat(ratings.requests()).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "``",
        "HTTP/1.1 200 OK\\r\\nx-request-id: %s",
        "HTTP/1.1 2x0 %s\\r\\n\\r\\n",
        "\\033[31m%s\\n%s\\r\\n\\r\\n",
        "HTTP/1.1 200 OK\\r\\nContent-Length: 99\\r\\n\\r\\n{\"%s"
      })
  void connection_thatFails_isTwoCallsAtMostAndOneLine(String answer) throws Exception {
    try (FailingServer ratings = FailingServer.answering(withSecret(answer))) {
      assertFails(ratings, ""); // each client has its own exceptions

      assertThat(ratings.requests()).isBetween(1, 2);
    }
  }

  @Test
  void answer_withoutEnd_isCutOff() throws Exception {
    try (FailingServer ratings = FailingServer.answeringWithoutEnd("HTTP/1.1 200 OK\r\n\r\n[")) {
      assertFails(ratings, "Json");
    }
  }

  /** Idle connections that ratings has closed are no failure, however many there are. */
  @Test
  void idleConnections_thatAreClosed_areTwoCallsAtMost() throws Exception {
    int connections = 10;
    try (ClosingRatings ratings = ClosingRatings.afterOneRequestOn(connections);
        Service reviews = TestReviews.start(client, ratings.port(), TracingPropagation.create())) {
      ratings.fill(reviews.uri("/reviews/0"));
      assertThat(Http.get(reviews.uri("/reviews/0")).body()).contains("\"stars\":5");

      assertThat(ratings.requests()).isBetween(connections + 1, connections + 2);
    }
    assertThat(log.messages()).isEmpty();
  }

  private void assertFails(FailingServer ratings, String reason) throws Exception {
    try (Service reviews = TestReviews.start(client, ratings.port(), TracingPropagation.create())) {
      Http.Answer answer = Http.get(reviews.uri("/reviews/0"), Map.of("x-request-id", SECRET));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("Ratings service is currently unavailable");
    }
    assertThat(log.messages())
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .startsWith("cannot get http://127.0.0.1:" + ratings.port() + "/ratings/0: ")
                    .contains(reason)
                    .matches("[ -~]{1,200}") // one line, printable
                    .doesNotContain(SECRET));
    assertThat(log.stackTraces()).isEmpty();
  }

  private static String withSecret(String answer) {
    return answer.translateEscapes().replace("%s", SECRET);
  }
}
