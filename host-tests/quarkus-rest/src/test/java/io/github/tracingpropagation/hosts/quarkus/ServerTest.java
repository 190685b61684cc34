// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each call has the headers of its own request, whatever kind of method makes it. */
@QuarkusTest
@QuarkusTestResource(Downstream.class)
class ServerTest {
  private static final int REQUESTS = 400;
  private static final int CONCURRENCY = 24;

  @TestHTTPResource("/")
  URI application;

  Downstream downstream; // set by the resource

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sync",
        "async",
        "uni",
        "blocking-uni",
        "non-blocking",
        "stage",
        "delay",
        "worker-pool",
        "events",
        "exception-mapper",
        "route",
        "blocking-route",
        "servlet"
      })
  void call_hasItsOwnHeaders(String path) throws Exception {
    Load.Result result = new Load(application, downstream).run(REQUESTS, CONCURRENCY, path);
    result.assertOwn();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdk",
        "jdk-async",
        "jdk-worker",
        "inject",
        "okhttp",
        "apache",
        "rest-client-builder",
        "quarkus-rest-client-builder",
        "load-balanced",
        "stork-other-host",
        "jakarta-client-feature",
        "fault-tolerance/retry",
        "fault-tolerance/retry-uni",
        "fault-tolerance/timeout",
        "fault-tolerance/bulkhead",
        "fault-tolerance/bulkhead-uni",
        "fault-tolerance/bulkhead-blocking-uni",
        "fault-tolerance/asynchronous-bulkhead",
        "fault-tolerance/guard",
        "client-headers",
        "fault-tolerance/circuit-breaker"
      })
  void client_forwardsTheHeadersOfItsCaller(String path) throws Exception {
    call_hasItsOwnHeaders(path);
  }

  /** A client of Jakarta REST without the feature, and one whose interface has a bulkhead. */
  @ParameterizedTest
  @ValueSource(strings = {"jakarta-client", "fault-tolerance/bulkhead-client"})
  void refusedClient_forwardsNothing(String path) throws Exception {
    assertThat(new Load(application, downstream).run(100, 24, path).foreign()).isZero();
    assertThat(new Load(application, downstream).call(path)).containsExactly(Downstream.NONE);
  }

  /** Before any filter of Jakarta REST, since authentication is proactive. */
  @Test
  void authenticationFails_leavesNothing() throws Exception {
    HttpRequest wrong =
        HttpRequest.newBuilder(application.resolve("sync?n=0"))
            .header("x-request-id", "unauthenticated")
            .header("authorization", "Basic d3Jvbmc6d3Jvbmc=")
            .build();
    for (int i = 0; i < 20; i++) {
      assertThat(
              HttpClient.newHttpClient()
                  .send(wrong, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(401);
    }

    assertThat(downstream.calls("0")).isEmpty();
    call_hasItsOwnHeaders("sync");
  }

  @Test
  void webSocket_forwardsNothingAfterItsHandshake() throws Exception {
    WebSocket socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .header("x-request-id", "handshake")
            .buildAsync(
                URI.create("ws" + application.toString().substring(4) + "socket"),
                new WebSocket.Listener() {})
            .get(20, TimeUnit.SECONDS);
    socket.sendText("socket", true).get(20, TimeUnit.SECONDS);

    assertThat(downstream.await("socket")).containsExactly(Downstream.NONE);
    socket.abort();
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void callOnAVirtualThread_hasItsOwnHeaders() throws Exception {
    call_hasItsOwnHeaders("virtual-thread");
  }
}
