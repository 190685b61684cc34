// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.httpclient5.ClientKind.Setup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.TimeValue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 8: which host each hop reaches. */
class ApacheHttpHopsTest extends ApacheHttpTestCase {
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1", "ratings")).build();

  /** Of three names each can be another host's: connected to, in the URI, in the Host header. */
  @ParameterizedTest
  @CsvSource({
    "CLASSIC, 127.0.0.1, 127.0.0.1, 127.0.0.1, true",
    "CLASSIC, 127.0.0.1, ratings, ratings, true",
    "CLASSIC, localhost, 127.0.0.1, 127.0.0.1, false",
    "CLASSIC, 127.0.0.1, localhost, 127.0.0.1, false",
    "CLASSIC, 127.0.0.1, 127.0.0.1, localhost, false",
    "ASYNC, 127.0.0.1, 127.0.0.1, 127.0.0.1, true",
    "ASYNC, 127.0.0.1, ratings, ratings, true",
    "ASYNC, localhost, 127.0.0.1, 127.0.0.1, false",
    "ASYNC, 127.0.0.1, localhost, 127.0.0.1, false",
    "ASYNC, 127.0.0.1, 127.0.0.1, localhost, false"
  })
  void rule8_targetAuthorityAndHostHeader_areAllChecked(
      ClientKind kind, String target, String authority, String host, boolean expected)
      throws Exception {
    Setup setup = new Setup();
    setup.target = new HttpHost(target, port());
    URI uri = URI.create("http://" + authority + ":" + port() + "/1");

    get(kind, setup, uri, "Host: " + host + ":" + port());
    assertThat(ratings.hops()).containsExactly(host + "/1");
    assertThat(ratings.received()).isEqualTo(expected ? List.of(ID) : List.of());
  }

  /** With the JDK's server, since Jetty's refuses the request. */
  @ParameterizedTest
  @EnumSource
  void rule8_twoHostHeaders_areNoHost(ClientKind kind) throws Exception {
    Queue<Headers> received = new ConcurrentLinkedQueue<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          received.add(exchange.getRequestHeaders());
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    try {
      get(kind, new Setup(), uri, "Host: 127.0.0.1");
      get(kind, new Setup(), uri, "Host: 127.0.0.1", "Host: 127.0.0.1");
    } finally {
      server.stop(0);
    }

    assertThat(received.remove().get("x-request-id")).containsExactly("abc");
    assertThat(received.remove()).containsKey("Host").doesNotContainKey("X-request-id");
  }

  /** A load balancer or a service discovery, for example. */
  @ParameterizedTest
  @CsvSource({
    "CLASSIC, 127.0.0.1, true", "CLASSIC, localhost, false",
    "ASYNC, 127.0.0.1, true", "ASYNC, localhost, false"
  })
  void rule8_routePlannerChoosesTheHost_thatDecides(
      ClientKind kind, String chosen, boolean expected) throws Exception {
    Setup setup = new Setup();
    setup.planner = (target, context) -> new HttpRoute(new HttpHost(chosen, port()));

    get(kind, setup, URI.create("http://ratings/1"));
    assertThat(ratings.hops()).containsExactly("ratings/1");
    assertThat(ratings.received()).isEqualTo(expected ? List.of(ID) : List.of());
  }

  @ParameterizedTest
  @EnumSource
  void rule8_proxy_isNotTheDestination(ClientKind kind) throws Exception {
    Setup setup = new Setup();
    setup.proxy = new HttpHost("127.0.0.1", port());

    get(kind, setup, URI.create("http://ratings:9080/1"));
    get(kind, setup, URI.create("http://example.com/2"));
    assertThat(ratings.hops()).containsExactly("ratings/1", "example.com/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_retry_isForwardedOnce(ClientKind kind) throws Exception {
    ratings
        .server()
        .stubFor(
            WireMock.get("/1")
                .inScenario("retry")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("again")
                .willReturn(WireMock.serviceUnavailable()));
    Setup setup = new Setup();
    setup.retries = new DefaultHttpRequestRetryStrategy(1, TimeValue.ofMilliseconds(1));

    assertThat(get(kind, setup, ratings.uri("/1"))).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  @ParameterizedTest
  @EnumSource
  void rule8_authenticationFollowUp_isForwardedOnce(ClientKind kind) throws Exception {
    ratings
        .server()
        .stubFor(
            WireMock.get("/1")
                .withHeader("Authorization", WireMock.absent())
                .willReturn(
                    WireMock.unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"a\"")));
    BasicCredentialsProvider credentials = new BasicCredentialsProvider();
    credentials.setCredentials(
        new AuthScope("127.0.0.1", port()),
        new UsernamePasswordCredentials("user", "password".toCharArray()));
    Setup setup = new Setup();
    setup.credentials = credentials;

    assertThat(get(kind, setup, ratings.uri("/1"))).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).hasSize(2).contains(ID);
  }

  private static int get(ClientKind kind, Setup setup, URI uri, String... lines) throws Exception {
    return inRequest(ID, () -> kind.get(TO_ADDRESS, setup, uri, lines));
  }
}
