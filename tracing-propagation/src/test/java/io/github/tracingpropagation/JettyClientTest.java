// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The listener that docs/redirects.md shows for Jetty's client. */
@SuppressWarnings("try") // a scope is only there to be closed
class JettyClientTest {
  private static final String CAPTURED = "x-request-id: abc";

  private final TracingPropagation hosts =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
  private final Downstream ratings = Downstream.start();
  private final HttpClient client = new HttpClient();

  private void start(TracingPropagation propagation, boolean follows) throws Exception {
    client.setFollowRedirects(follows);
    // docs: jetty
    client
        .getRequestListeners()
        .addQueuedListener(
            request -> propagation.inject(CapturedHeaders.current(), new JettyHop(request)));
    // docs: end
    client.start();
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    ratings.close();
  }

  /** Sends /1, and returns after the response, which arrives on a thread of Jetty. */
  private void send(boolean asynchronously) throws Exception {
    try (Scope scope = HeaderLines.captured(CAPTURED).makeCurrent()) {
      if (asynchronously) {
        CountDownLatch complete = new CountDownLatch(1);
        client.newRequest(ratings.uri("/1")).send(result -> complete.countDown());
        assertThat(complete.await(60, TimeUnit.SECONDS)).isTrue();
      } else {
        client.newRequest(ratings.uri("/1")).send();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule8_clientThatDoesNotFollow_forwards(boolean asynchronously) throws Exception {
    start(hosts, false);
    send(asynchronously);

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received()).containsExactly(CAPTURED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule8_clientThatFollows_forwardsNothing(boolean asynchronously) throws Exception {
    start(hosts, true);
    send(asynchronously);

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2");
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  /** Why: what a listener sets is copied. */
  @Test
  void redirect_takesTheHeadersAlong() throws Exception {
    start(TracingPropagation.create(), true);
    send(true);

    assertThat(ratings.received(1)).containsExactly(CAPTURED);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, localhost", "localhost, 127.0.0.1"})
  void rule8_hostAndHostHeader_areBothChecked(String host, String header) throws Exception {
    start(hosts, false);
    try (Scope scope = HeaderLines.captured(CAPTURED).makeCurrent()) {
      client
          .newRequest("http://" + host + ":" + ratings.uri("/").getPort() + "/3")
          .headers(headers -> headers.put("Host", header))
          .send();
    }

    assertThat(ratings.received()).isEqualTo(List.of());
  }

  @Test
  void docs() throws Exception {
    Docs.assertShows("jetty", JettyClientTest.class);
    Docs.assertShows("jetty hop", JettyHop.class);
  }
}
