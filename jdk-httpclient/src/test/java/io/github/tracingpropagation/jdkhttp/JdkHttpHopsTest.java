// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Log;
import java.io.IOException;
import java.net.Authenticator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.WebSocket;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Rule 8: which host a request reaches. */
class JdkHttpHopsTest extends JdkHttpTestCase {
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1", "ratings")).build();

  @ParameterizedTest
  @EnumSource(names = "NEVER", mode = EnumSource.Mode.EXCLUDE)
  void rule8_clientFollowsAndHostsAreNamed_nothingIsForwarded(Redirect follow) throws Exception {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    HttpClient following = HttpClient.newBuilder().followRedirects(follow).build();
    try (Log log = Log.open()) {
      HttpClient client = JdkHttpTracingPropagation.wrap(following, TO_ADDRESS);
      JdkHttpTracingPropagation.wrap(following, TO_ADDRESS);

      assertThat(send(client, get("/1"))).isEqualTo(200);
      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with java.net.http.HttpClient: it follows"
                  + " redirects, which could send them to a host that may not receive them."
                  + " Set followRedirects to NEVER.");
    }

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2");
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule8_clientFollowsAndEachHostMay_isForwardedOnEachHop() throws Exception {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build());

    assertThat(send(client, get("/1"))).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  /** The JDK follows a redirect of a handshake, too. */
  @Test
  void rule8_handshakeFollowsAndHostsAreNamed_nothingIsForwarded() throws Exception {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build(), TO_ADDRESS);
    URI socket = URI.create("ws://127.0.0.1:" + port() + "/1");

    assertThatThrownBy(
            () ->
                inRequest(
                    ID,
                    () ->
                        client
                            .newWebSocketBuilder()
                            .buildAsync(socket, new WebSocket.Listener() {})
                            .get(20, SECONDS)))
        .hasCauseInstanceOf(IOException.class);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2");
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  /** It may change the URI: a load balancer, for example. */
  @Test
  void rule8_otherClientAndHostsAreNamed_nothingIsForwarded() throws Exception {
    HttpClient other = new OtherHttpClient(HttpClient.newHttpClient());
    try (Log log = Log.open()) {
      send(JdkHttpTracingPropagation.wrap(other, TO_ADDRESS), get("/1"));
      send(JdkHttpTracingPropagation.wrap(other), get("/2"));

      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with java.net.http.HttpClient: "
                  + OtherHttpClient.class.getName()
                  + " may change the URI, which could send them to a host that may not receive"
                  + " them. Wrap the JDK's client with JdkHttpTracingPropagation first, and the"
                  + " result with it.");
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  /** A sidecar goes by it, whatever the client connects to. */
  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, ratings, true",
    "127.0.0.1, example.com, false",
    "localhost, ratings, false",
    "127.0.0.1, 'ratings;ratings', false"
  })
  void rule8_hostHeaderSetByHand_isADestinationToo(String host, String header, boolean expected)
      throws Exception {
    List<String> values = List.of(header.split(";", -1));
    HttpClient client = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), TO_ADDRESS);
    try (RecordingServer server = RecordingServer.start()) {
      URI uri = URI.create("http://" + host + ":" + server.port() + "/");
      HttpRequest.Builder request = HttpRequest.newBuilder(uri);
      values.forEach(value -> request.header("host", value));
      assertThat(send(client, request.build())).isEqualTo(200);

      List<String> lines = server.requests().remove();
      assertThat(lines).contains("host: " + values.get(0));
      assertThat(lines.contains(ID)).isEqualTo(expected);
    }
  }

  @Test
  void rule8_proxy_isNotTheDestination() throws Exception {
    ProxySelector proxy =
        ProxySelector.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().proxy(proxy).version(Version.HTTP_1_1).build(), TO_ADDRESS);

    send(client, HttpRequest.newBuilder(URI.create("http://ratings:9080/1")).build());
    send(client, HttpRequest.newBuilder(URI.create("http://example.com/2")).build());
    assertThat(ratings.hops()).containsExactly("ratings/1", "example.com/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule8_authenticatorFollowUp_isForwardedToo() throws Exception {
    ratings
        .server()
        .stubFor(
            WireMock.any(WireMock.anyUrl())
                .withHeader("Authorization", WireMock.absent())
                .willReturn(
                    WireMock.unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"a\"")));
    Authenticator authenticator =
        new Authenticator() {
          @Override
          protected PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication("user", "password".toCharArray());
          }
        };
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().authenticator(authenticator).build(), TO_ADDRESS);

    assertThat(send(client, get("/"))).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).contains(ID).hasSize(2);
  }

  @Test
  void rule8_retryOnANewConnection_isForwardedOnce() throws Exception {
    HttpClient client =
        JdkHttpTracingPropagation.wrap(
            HttpClient.newBuilder().version(Version.HTTP_1_1).build(), TO_ADDRESS);
    try (RecordingServer server = RecordingServer.start()) {
      HttpRequest request = HttpRequest.newBuilder(server.uri()).build();
      send(client, request);
      server.closeTheNextConnection();

      assertThat(send(client, request)).isEqualTo(200);
      assertThat(server.requests())
          .hasSize(3)
          .allSatisfy(it -> assertThat(it).containsOnlyOnce(ID));
    }
  }

  @Test
  void settings_areLoggedOnce() {
    try (Log log = Log.open()) {
      JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), TO_ADDRESS);
      JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), TO_ADDRESS);

      assertThat(log.messages(Level.INFO))
          .containsExactly("java.net.http.HttpClient forwards with " + TO_ADDRESS);
    }
  }

  private int port() {
    return ratings.uri("/").getPort();
  }
}
