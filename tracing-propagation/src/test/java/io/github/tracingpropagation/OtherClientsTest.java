// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.HttpHost;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What redirects do to the headers that inject adds, client by client. */
@SuppressWarnings("try") // a scope is only there to be closed
class OtherClientsTest {
  private static final String CAPTURED = "x-request-id: abc";

  private final TracingPropagation propagation =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
  private final Downstream ratings = Downstream.start();
  private final Context inbound = HeaderLines.captured(CAPTURED).storeInContext(Context.root());

  @BeforeEach
  void redirect() {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    ratings.redirect("/2", 302, ratings.uri("/3"));
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  /** Why there is something to do. */
  @ParameterizedTest
  @EnumSource
  void clientAsItComes_takesTheHeadersAlongIfItFollows(OtherClient client) throws Exception {
    try (Scope scope = inbound.makeCurrent()) {
      assertThat(client.call(propagation, ratings.uri("/1"), false))
          .isEqualTo(client.follows ? 200 : 302);
    }

    assertThat(ratings.hops()).hasSize(client.follows ? 3 : 1);
    if (client.follows) {
      assertThat(ratings.hops().get(1)).isEqualTo("localhost/2");
      assertThat(ratings.received(1)).containsExactly(CAPTURED);
    }
  }

  @ParameterizedTest
  @EnumSource
  void rule8_clientAsAdvised_leavesTheRedirectToTheApplication(OtherClient client)
      throws Exception {
    try (Scope scope = inbound.makeCurrent()) {
      assertThat(client.call(propagation, ratings.uri("/1"), true)).isEqualTo(302);
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received(0)).containsExactly(CAPTURED);
  }

  @Test
  void rule8_interceptorOfApachesClient_decidesOnEachHop() throws Exception {
    try (Scope scope = inbound.makeCurrent()) {
      assertThat(OtherClient.apachePerHop(propagation, null, new HttpGet(ratings.uri("/1"))))
          .isEqualTo(200);
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2", "127.0.0.1/3");
    assertThat(ratings.received(0)).containsExactly(CAPTURED);
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly(CAPTURED);
  }

  /** Of three names each can be another host's: connected to, in the URI, in the Host header. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 127.0.0.1, true",
    "localhost, 127.0.0.1, 127.0.0.1, false",
    "127.0.0.1, localhost, 127.0.0.1, false",
    "127.0.0.1, 127.0.0.1, localhost, false"
  })
  void rule8_interceptorOfApachesClient_checksEachHost(
      String target, String authority, String host, boolean expected) throws Exception {
    int port = ratings.uri("/3").getPort();
    HttpGet request = new HttpGet("http://" + authority + ":" + port + "/3");
    if (!host.equals(authority)) {
      request.setHeader("Host", host + ":" + port);
    }
    try (Scope scope = inbound.makeCurrent()) {
      OtherClient.apachePerHop(propagation, new HttpHost(target, port), request);
    }

    assertThat(ratings.hops()).containsExactly(host + "/3");
    assertThat(ratings.received()).isEqualTo(expected ? List.of(CAPTURED) : List.of());
  }

  @Test
  void rule8_interceptorOfApachesClient4_decidesOnEachHop() throws Exception {
    try (Scope scope = inbound.makeCurrent()) {
      assertThat(
              ApacheClient4.callPerHop(
                  propagation,
                  null,
                  null,
                  new org.apache.http.client.methods.HttpGet(ratings.uri("/1"))))
          .isEqualTo(200);
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2", "127.0.0.1/3");
    assertThat(ratings.received(0)).containsExactly(CAPTURED);
    assertThat(ratings.received(1)).isEmpty();
    assertThat(ratings.received(2)).containsExactly(CAPTURED);
    Docs.assertShows("apache 4 hop", Apache4Hop.class);
    Docs.assertShows("each hop 4", ApacheClient4.class);
  }

  /** As above; but only a proxy would get to see the authority of the URI. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, 127.0.0.1, true",
    "localhost, 127.0.0.1, 127.0.0.1, false",
    "127.0.0.1, localhost, 127.0.0.1, true",
    "127.0.0.1, 127.0.0.1, localhost, false"
  })
  void rule8_interceptorOfApachesClient4_checksEachHost(
      String target, String authority, String host, boolean expected) throws Exception {
    int port = ratings.uri("/3").getPort();
    org.apache.http.client.methods.HttpGet request =
        new org.apache.http.client.methods.HttpGet("http://" + authority + ":" + port + "/3");
    if (!host.equals(authority)) {
      request.setHeader("Host", host + ":" + port);
    }
    try (Scope scope = inbound.makeCurrent()) {
      ApacheClient4.callPerHop(
          propagation, null, new org.apache.http.HttpHost(target, port), request);
    }

    assertThat(ratings.hops()).containsExactly(host + "/3");
    assertThat(ratings.received()).isEqualTo(expected ? List.of(CAPTURED) : List.of());
  }

  @Test
  void rule8_interceptorOfApachesClient4_withAProxy_forwardsNothing() throws Exception {
    org.apache.http.HttpHost proxy =
        new org.apache.http.HttpHost("127.0.0.1", ratings.uri("/").getPort());
    try (Scope scope = inbound.makeCurrent()) {
      ApacheClient4.callPerHop(
          propagation, proxy, null, new org.apache.http.client.methods.HttpGet(ratings.uri("/3")));
    }

    assertThat(ratings.received()).isEmpty();
  }

  @Test
  void docs_adviseOnEachClient() throws Exception {
    List<String> rows = new ArrayList<>();
    rows.add("| client | follows as it comes | once `forward-to` names hosts |");
    rows.add("|---|---|---|");
    for (OtherClient client : OtherClient.values()) {
      rows.add(client.row());
    }

    Docs.assertPart("other clients", rows);
  }
}
