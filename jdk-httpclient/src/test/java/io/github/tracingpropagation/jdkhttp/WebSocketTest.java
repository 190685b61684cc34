// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rules 10 and 11 for WebSockets that open. */
class WebSocketTest extends JdkHttpTestCase {
  /** The JDK's builders can be used again, so ours must keep nothing of the first WebSocket. */
  @Test
  void rule10_builderIsUsedTwice_eachHandshakeForwardsItsOwn() throws Exception {
    try (RecordingServer server = RecordingServer.start()) {
      WebSocket.Builder builder =
          inRequest("x-request-id: of the builder", () -> wrapped().newWebSocketBuilder())
              .header("end-user", "jason")
              .connectTimeout(Duration.ofSeconds(20))
              .subprotocols("chat", "talk");
      WebSocket first = inRequest("x-request-id: 1", () -> open(builder, server));
      WebSocket second = inRequest("b3: 1", () -> open(builder, server));
      WebSocket third = open(builder, server);

      assertThat(first.getSubprotocol()).isEqualTo("chat");
      assertThat(server.requests().remove())
          .contains("end-user: jason", "sec-websocket-protocol: chat, talk", "x-request-id: 1");
      assertThat(server.requests().remove())
          .contains("end-user: jason", "b3: 1")
          .doesNotContain("x-request-id: 1");
      assertThat(server.requests().remove())
          .contains("end-user: jason")
          .doesNotContain("x-request-id: 1", "b3: 1");
      first.abort();
      second.abort();
      third.abort();
    }
  }

  private static WebSocket open(WebSocket.Builder builder, RecordingServer server)
      throws Exception {
    return builder.buildAsync(server.webSocket(), new WebSocket.Listener() {}).get(20, SECONDS);
  }

  @ParameterizedTest
  @CsvSource({"127.0.0.1, true", "example.com, false", "'127.0.0.1;127.0.0.1', false"})
  void rule8_hostHeaderSetByHand_isADestinationToo(String header, boolean expected)
      throws Exception {
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    WebSocket.Builder builder =
        JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), toAddress).newWebSocketBuilder();
    List.of(header.split(";", -1)).forEach(value -> builder.header("host", value));
    try (RecordingServer server = RecordingServer.start()) {
      inRequest(ID, () -> open(builder.subprotocols("chat"), server)).abort();

      assertThat(server.requests().remove().contains(ID)).isEqualTo(expected);
    }
  }
}
