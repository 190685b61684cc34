// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.netty.handler.codec.http.HttpHeaders;
import io.opentelemetry.context.Scope;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;
import reactor.util.retry.Retry;

/** Rule 8: which host each hop reaches. */
@SuppressWarnings("try") // a scope is only there to be closed
class ReactorNettyHopsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String ID = "x-request-id: abc";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1", "ratings")).build();

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1, true",
    "127.0.0.1, ratings, true",
    "127.0.0.1, localhost, false",
    "localhost, 127.0.0.1, false"
  })
  void rule8_urlAndHostHeader_areBothChecked(String url, String header, boolean expected) {
    get(
        HttpClient.create().headers(headers -> headers.set("host", header)),
        "http://" + url + ":" + port() + "/1");

    assertThat(ratings.hops()).containsExactly(header + "/1");
    assertThat(ratings.received()).isEqualTo(expected ? List.of(ID) : List.of());
  }

  @Test
  void rule8_hostHeaderOnlyForTheFirstHop_doesNotOpenTheNext() {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));

    get(
        HttpClient.create()
            .followRedirect(true)
            .headers(headers -> headers.set("host", "127.0.0.1")),
        ratings.uri("/1").toString());

    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "localhost, false"})
  void rule8_addressAndPath_areAUrl(String host, boolean expected) {
    get(HttpClient.create().host(host).port(port()), "/1");
    get(HttpClient.create().baseUrl("http://" + host + ":" + port()), "/2");
    get(
        HttpClient.create().remoteAddress(() -> InetSocketAddress.createUnresolved(host, port())),
        "/3");

    for (int i = 0; i < 3; i++) {
      assertThat(ratings.received(i)).as("%s", i).isEqualTo(expected ? List.of(ID) : List.of());
    }
  }

  @Test
  void rule8_retry_isForwardedOnce() {
    BlockingQueue<HttpHeaders> received = new LinkedBlockingQueue<>();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .handle(
                (request, response) -> {
                  received.add(request.requestHeaders().copy());
                  if (received.size() < 3) {
                    request.withConnection(Connection::dispose);
                  }
                  return response.send();
                })
            .bindNow();
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      ReactorNettyTracingPropagation.install(HttpClient.create(), TO_ADDRESS)
          .get()
          .uri("http://127.0.0.1:" + server.port() + "/")
          .response()
          .retryWhen(Retry.max(3)) // on a thread of the client
          .contextWrite(chain -> chain.put(CapturedHeaders.class, CapturedHeaders.current()))
          .block(PATIENCE);
    } finally {
      server.disposeNow(PATIENCE);
    }

    List<HttpHeaders> all = new ArrayList<>(received);
    assertThat(all).hasSizeGreaterThan(1);
    assertThat(all.get(0).getAll("x-request-id")).containsExactly("abc");
    assertThat(all.get(1).getAll("x-request-id")).containsExactly("abc");
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "localhost, false"})
  void rule8_handshakeOfAWebSocket_isForwarded(String host, boolean expected)
      throws InterruptedException {
    BlockingQueue<List<String>> received = new LinkedBlockingQueue<>();
    DisposableServer server =
        HttpServer.create()
            .host("127.0.0.1")
            .route(
                routes ->
                    routes.ws(
                        "/",
                        (in, out) -> {
                          received.add(in.headers().getAll("x-request-id"));
                          return out.sendClose();
                        }))
            .bindNow();
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      ReactorNettyTracingPropagation.install(HttpClient.create(), TO_ADDRESS)
          .websocket()
          .uri("ws://" + host + ":" + server.port() + "/")
          .handle((in, out) -> in.receive().then())
          .blockLast(PATIENCE);
    } finally {
      server.disposeNow(PATIENCE);
    }

    assertThat(received.poll(60, TimeUnit.SECONDS))
        .isEqualTo(expected ? List.of("abc") : List.of());
  }

  @Test
  void oddCharactersInTheUrl_areNoReason() {
    get(HttpClient.create(), "http://127.0.0.1:" + port() + "/a|b?c={d}");

    assertThat(ratings.received()).containsExactly(ID);
  }

  private int port() {
    return ratings.uri("/").getPort();
  }

  private static void get(HttpClient client, String url) {
    try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      ReactorNettyTracingPropagation.install(client, TO_ADDRESS)
          .get()
          .uri(url)
          .response()
          .block(PATIENCE);
    }
  }
}
