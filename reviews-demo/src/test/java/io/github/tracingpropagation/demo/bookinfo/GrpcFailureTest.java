// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.bookinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.github.tracingpropagation.TracingPropagation;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What reviews answers and logs if it calls ratings by gRPC and that fails. */
@Timeout(120)
final class GrpcFailureTest {
  private static final String SECRET = "4fbb1f4e";

  @RegisterExtension final LogLines log = new LogLines();

  @Test
  void ratingsDown_isUnavailable() throws Exception {
    assertFails(FailingServer.NONE, Duration.ofSeconds(30), "UNAVAILABLE");
  }

  @Test
  void ratingsLate_isDeadlineExceeded() throws Exception {
    try (FailingServer silent = FailingServer.silent()) {
      assertFails(silent.uri(), Duration.ofMillis(200), "DEADLINE_EXCEEDED");
    }
  }

  /** gRPC reports what it sees first: that this is no HTTP/2, or that the connection is closed. */
  @Test
  void ratingsAnsweringGarbage_isAnError() throws Exception {
    try (FailingServer garbage = FailingServer.answering(SECRET + "\r\n\r\n")) {
      assertFails(garbage.uri(), Duration.ofSeconds(30), "(INTERNAL|UNAVAILABLE)");
    }
  }

  private void assertFails(URI ratings, Duration timeout, String status) throws IOException {
    ReviewsSettings settings =
        new ReviewsSettings(true, "black", ratings, timeout, "null", "null", "grpc");
    try (Service reviews =
        ReviewsService.start(ServerSettings.local(TracingPropagation.create()), settings)) {
      Http.Answer answer = Http.get(reviews.uri("/reviews/0"), Map.of("x-request-id", SECRET));

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains("Ratings service is currently unavailable");
    }
    assertThat(log.messages())
        .singleElement(STRING)
        .matches(Pattern.quote("cannot get " + ratings + "/0: gRPC status ") + status);
    assertThat(log.stackTraces()).isEmpty();
  }
}
