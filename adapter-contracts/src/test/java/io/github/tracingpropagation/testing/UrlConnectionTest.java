// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

// docs: smallest outbound test
class UrlConnectionTest extends NoRedirectContract {
  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines)
      throws IOException {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    connection.setInstanceFollowRedirects(false);
    lines.forEach(
        line -> connection.setRequestProperty(HeaderLines.name(line), HeaderLines.value(line)));
    propagation.inject(CapturedHeaders.current(), new UrlConnectionHop(connection));
    return connection.getResponseCode();
  }

  // docs: end

  @Test
  void rule8_connectionThatFollows_forwardsNothing() throws Exception {
    TracingPropagation hosts =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    HttpURLConnection connection = (HttpURLConnection) ratings.uri("/").toURL().openConnection();

    hosts.inject(HeaderLines.captured("x-request-id: abc"), new UrlConnectionHop(connection));

    assertThat(connection.getResponseCode()).isEqualTo(200);
    assertThat(ratings.received()).isEmpty();
  }

  @Test
  @SuppressWarnings("try") // a scope is only there to be closed
  void rule11_asynchronousCall_forwardsTheCallers() throws Exception {
    ExecutorService pool = Executors.newSingleThreadExecutor();
    TracingPropagation propagation = TracingPropagation.create();
    HttpURLConnection connection = (HttpURLConnection) ratings.uri("/").toURL().openConnection();
    CompletableFuture<String> answer;
    try (Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      // docs: smallest asynchronous
      CapturedHeaders captured = CapturedHeaders.current(); // the caller's, also if there are none
      Context caller = Context.current();
      answer =
          CompletableFuture.supplyAsync(
                  () -> {
                    propagation.inject(captured, new UrlConnectionHop(connection));
                    return status(connection);
                  },
                  pool) // a thread of the client
              .thenApply(caller.wrapFunction(UrlConnectionTest::reviews));
      // docs: end
    }

    assertThat(answer.get(60, SECONDS)).isEqualTo("200 for abc");
    assertThat(ratings.received()).containsExactly("x-request-id: abc");
    pool.shutdownNow();
  }

  private static int status(HttpURLConnection connection) {
    try {
      return connection.getResponseCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String reviews(int status) {
    return status + " for " + CapturedHeaders.current().requestId();
  }

  @Test
  void docs() throws IOException {
    Docs.assertShows("smallest outbound", UrlConnectionHop.class);
    Docs.assertShows("smallest outbound test", UrlConnectionTest.class);
    Docs.assertShows("smallest asynchronous", UrlConnectionTest.class);
  }
}
