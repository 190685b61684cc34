// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Quarkus sends the token of the user on, and this library the headers: both of one request. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class TokensTest {
  private static final int REQUESTS = 400;
  private static final int CONCURRENCY = 24;

  @TestHTTPResource("/")
  URI application;

  Downstream downstream; // set by the resource

  private final HttpClient client = HttpClient.newHttpClient();

  @ParameterizedTest
  @ValueSource(strings = {"sync", "uni"})
  void call_hasItsOwnHeadersAndToken(String path) throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(CONCURRENCY);
    try {
      List<Future<?>> sent = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        String number = path + i;
        boolean traced = i % 5 != 0;
        sent.add(
            senders.submit(
                () -> {
                  assertCall(path, number, traced);
                  return null;
                }));
      }
      for (Future<?> one : sent) {
        one.get(60, TimeUnit.SECONDS);
      }
    } finally {
      senders.shutdownNow();
    }
  }

  private void assertCall(String path, String number, boolean traced) throws Exception {
    String authorization = "Bearer " + downstream.token(number);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(application.resolve(path + "?n=" + number))
            .header("authorization", authorization);
    if (traced) {
      request.header("x-request-id", number);
    }
    assertThat(client.send(request.build(), HttpResponse.BodyHandlers.ofString()).statusCode())
        .isEqualTo(204);

    Headers call = downstream.call(number);
    assertThat(call.get("authorization")).containsExactly(authorization);
    assertThat(call.get("x-request-id")).isEqualTo(traced ? List.of(number) : null);
  }
}
