// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import java.net.URI;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8 for a handshake's redirects, which OkHttp would follow beneath every interceptor. */
class WebSocketRedirectsTest extends WebSocketTestCase {
  @Test
  void rule8_redirects_areDecidedOnEachHop_andTheWebSocketOpens() throws Exception {
    ratings.redirect("/1", 307, ratings.otherHost("/2"));
    ratings.redirect("/2", 302, socketUri());
    Request own = get("/1").newBuilder().header("Authorization", "Bearer own").build();
    WebSocket.Factory webSockets = webSockets(new OkHttpClient.Builder());

    assertThat(inRequest("abc", () -> EchoListener.open(webSockets, own)).reply())
        .isEqualTo("hello");
    assertThat(ratings.received(0))
        .containsExactly("x-request-id: abc", "authorization: Bearer own");
    assertThat(ratings.received(1)).isEmpty();
    assertThat(handshakes().remove())
        .contains("x-request-id: abc")
        .doesNotContain("authorization: Bearer own");
  }

  /** Keeps the application's own credentials as OkHttp does, for each status that it follows. */
  @ParameterizedTest
  @ValueSource(ints = {300, 301, 302, 303, 307, 308})
  void rule8_redirectToTheSameServer_keepsTheApplicationsAuthorization(int status)
      throws Exception {
    ratings.redirect("/1", status, ratings.uri("/2"));
    try (Downstream another = Downstream.start()) {
      ratings.redirect("/2", status, another.uri("/3"));
      Request own = get("/1").newBuilder().header("Authorization", "Bearer own").build();
      EchoListener refused =
          inRequest("abc", () -> EchoListener.open(webSockets(new OkHttpClient.Builder()), own));

      assertThatThrownBy(refused::reply).hasMessageContaining("200");
      assertThat(ratings.received(1))
          .containsExactly("x-request-id: abc", "authorization: Bearer own");
      assertThat(another.received()).containsExactly("x-request-id: abc");
    }
  }

  @Test
  void rule8_redirectThatTheClientDoesNotFollow_isNotFollowed() throws Exception {
    ratings.redirect("/1", 302, socketUri());
    ratings.redirect("/2", 302, URI.create("https://127.0.0.1/"));

    assertThatThrownBy(() -> open(new OkHttpClient.Builder().followRedirects(false), "/1"))
        .hasMessageContaining("302");
    assertThatThrownBy(() -> open(new OkHttpClient.Builder().followSslRedirects(false), "/2"))
        .hasMessageContaining("302");
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "127.0.0.1/2");
    assertThat(handshakes()).isEmpty();
  }

  @Test
  void rule8_redirectToHttps_isFollowed() {
    try (Downstream withoutTls = Downstream.start()) {
      int port = withoutTls.uri("/").getPort();
      ratings.redirect("/1", 302, URI.create("https://127.0.0.1:" + port + "/2"));

      assertThatThrownBy(() -> open(new OkHttpClient.Builder(), "/1"))
          .hasCauseInstanceOf(SSLException.class); // the server has no TLS
    }
  }

  @Test
  void rule8_locationOfAResponseThatIsNoRedirect_isNotFollowed() {
    ratings
        .server()
        .stubFor(any(anyUrl()).willReturn(ok().withHeader("Location", socketUri().toString())));

    assertThatThrownBy(() -> open(new OkHttpClient.Builder(), "/1")).hasMessageContaining("200");
    assertThat(handshakes()).isEmpty();
  }

  private void open(OkHttpClient.Builder client, String path) throws Exception {
    inRequest("abc", () -> EchoListener.open(webSockets(client), get(path))).reply();
  }

  private static WebSocket.Factory webSockets(OkHttpClient.Builder client) {
    TracingPropagation toAddress =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    return OkHttpTracingPropagation.webSockets(
        OkHttpTracingPropagation.install(client, toAddress).build());
  }
}
