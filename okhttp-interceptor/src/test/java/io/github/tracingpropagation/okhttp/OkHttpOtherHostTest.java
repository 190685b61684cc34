// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8 if something sends a request to another host than the application has named. */
class OkHttpOtherHostTest extends WebSocketTestCase {
  private static final String ID = "x-request-id: abc";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1", "ratings")).build();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule8_applicationInterceptorRewritesTheHost_newHostDecides(boolean afterInstall)
      throws Exception {
    assertThat(sent(with(to("localhost"), afterInstall), ratings.uri("/1"))).isEmpty();
    assertThat(ratings.hops()).containsExactly("localhost/1");

    assertThat(sent(with(to("127.0.0.1"), afterInstall), ratings.otherHost("/2")))
        .containsExactly(ID);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/2");
  }

  private static OkHttpClient with(Interceptor interceptor, boolean afterInstall) {
    OkHttpClient.Builder client = new OkHttpClient.Builder();
    return afterInstall
        ? restricted(client).newBuilder().addInterceptor(interceptor).build()
        : restricted(client.addInterceptor(interceptor));
  }

  /** OkHttp itself refuses it, whether the interceptor runs before or after ours. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule8_networkInterceptorRewritesTheHost_nothingArrives(boolean afterInstall) {
    OkHttpClient.Builder builder = new OkHttpClient.Builder();
    OkHttpClient client =
        afterInstall
            ? restricted(builder).newBuilder().addNetworkInterceptor(to("localhost")).build()
            : restricted(builder.addNetworkInterceptor(to("localhost")));

    assertThatThrownBy(() -> sent(client, ratings.uri("/")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("must retain the same host and port");
    assertThat(ratings.hops()).isEmpty();
  }

  /** A name is the host, whatever address it has. */
  @Test
  void rule8_dnsOfTheApplication_nameDecides() throws Exception {
    OkHttpClient client =
        restricted(
            new OkHttpClient.Builder().dns(host -> List.of(InetAddress.getLoopbackAddress())));
    int port = ratings.uri("/").getPort();

    assertThat(sent(client, URI.create("http://ratings:" + port + "/"))).containsExactly(ID);
    assertThat(sent(client, URI.create("http://example.com:" + port + "/"))).isEmpty();
  }

  /** A sidecar goes by the header, so both hosts must be allowed. */
  @Test
  void rule8_hostHeaderOfTheApplication_bothHostsDecide() throws Exception {
    OkHttpClient client = restricted(new OkHttpClient.Builder());
    Request allowed = get("/").newBuilder().header("Host", "ratings").build();
    Request away = allowed.newBuilder().header("Host", "example.com").build();
    Request back = allowed.newBuilder().url(ratings.otherHost("/").toString()).build();

    assertThat(sent(client, allowed)).containsExactly(ID);
    assertThat(sent(client, away)).isEmpty();
    assertThat(sent(client, back)).isEmpty();
  }

  /** A server may refuse the request, or go by either, so what the client sends counts. */
  @Test
  void rule8_severalHostHeaders_forwardNothing() throws Exception {
    List<@Nullable String> sent = new ArrayList<>();
    OkHttpClient client =
        restricted(new OkHttpClient.Builder())
            .newBuilder()
            .addNetworkInterceptor(
                chain -> {
                  sent.add(chain.request().header("x-request-id"));
                  return chain.proceed(chain.request());
                })
            .build();
    Request one = get("/").newBuilder().header("Host", "ratings").build();
    Request two =
        get("/").newBuilder().addHeader("Host", "example.com").addHeader("Host", "ratings").build();
    for (Request request : List.of(one, two)) {
      inRequest("abc", () -> execute(client.newCall(request)));
    }

    assertThat(sent).containsExactly("abc", null);
  }

  /** A client-side load balancer around the client, or in a subclass of it. */
  @Test
  void rule8_callFactoryRewritesTheHost_newHostDecides() throws Exception {
    OkHttpClient client = restricted(new OkHttpClient.Builder());
    Call.Factory away = request -> client.newCall(to("localhost", request));
    Call.Factory back = request -> client.newCall(to("127.0.0.1", request));

    assertThat(sent(away, get("/1"))).isEmpty();
    assertThat(ratings.hops()).containsExactly("localhost/1");
    Request foreign = new Request.Builder().url(ratings.otherHost("/2").toString()).build();
    assertThat(sent(back, foreign)).containsExactly(ID);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void rule8_webSocketsHostIsRewritten_newHostDecides(boolean afterInstall) throws Exception {
    assertThat(handshake(with(to("localhost"), afterInstall), "127.0.0.1")).doesNotContain(ID);
    assertThat(handshake(with(to("127.0.0.1"), afterInstall), "localhost")).contains(ID);
  }

  private List<String> handshake(OkHttpClient client, String host) throws Exception {
    WebSocket.Factory webSockets = OkHttpTracingPropagation.webSockets(client);
    Request socket = to(host, socket());
    assertThat(inRequest("abc", () -> EchoListener.open(webSockets, socket)).reply())
        .isEqualTo("hello");
    return handshakes().remove();
  }

  private static Interceptor to(String host) {
    return chain -> chain.proceed(to(host, chain.request()));
  }

  private static Request to(String host, Request request) {
    HttpUrl url = request.url().newBuilder().host(host).build();
    return request.newBuilder().url(url).build();
  }

  private static OkHttpClient restricted(OkHttpClient.Builder client) {
    return OkHttpTracingPropagation.install(client, TO_ADDRESS).build();
  }

  private List<String> sent(Call.Factory client, URI uri) throws Exception {
    return sent(client, new Request.Builder().url(uri.toString()).build());
  }

  /** Returns the headers that a call sends. */
  private List<String> sent(Call.Factory client, Request request) throws Exception {
    ratings.reset();
    inRequest("abc", () -> execute(client.newCall(request)));
    return ratings.received();
  }
}
