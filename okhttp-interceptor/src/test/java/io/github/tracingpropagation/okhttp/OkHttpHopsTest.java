// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Credentials;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 8 for OkHttp's retries, authentication follow-ups and proxies. */
@SuppressWarnings("try") // the scope is only closed
class OkHttpHopsTest {
  private static final List<String> LINES =
      List.of("x-request-id: abc", "b3: 1", "authorization: Bearer inbound");
  private static final TracingPropagation TO_RATINGS =
      TracingPropagation.builder()
          .forwardTo(Destinations.hosts("ratings", "127.0.0.1"))
          .additionalHeaders("authorization")
          .build();

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule8_retryAfterAConnectionFailure_isForwardedOnce() throws Exception {
    CountDownLatch failed = new CountDownLatch(1);
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .dns(
                host -> // no server listens at the first address
                List.of(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 2}),
                        InetAddress.getLoopbackAddress()))
            .eventListener(
                new EventListener() {
                  @Override
                  public void connectFailed(
                      Call call,
                      InetSocketAddress address,
                      Proxy proxy,
                      @Nullable Protocol protocol,
                      IOException e) {
                    failed.countDown();
                  }
                });

    assertThat(get(client, "http://ratings:" + port() + "/")).isEqualTo(200);
    // After the call, if a busy machine lets OkHttp 5 try the second address meanwhile.
    assertThat(failed.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(ratings.received()).isEqualTo(LINES);
  }

  @Test
  void rule8_authenticatorFollowUp_keepsItsOwnAuthorization() throws Exception {
    ratings
        .server()
        .stubFor(any(anyUrl()).withHeader("Authorization", absent()).willReturn(unauthorized()));
    String own = Credentials.basic("user", "password");
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .authenticator(
                (route, response) ->
                    response.request().newBuilder().header("Authorization", own).build());
    TracingPropagation withoutCredentials =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

    assertThat(get(client, ratings.uri("/").toString(), withoutCredentials)).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly("x-request-id: abc", "b3: 1");
    assertThat(ratings.received(1))
        .containsExactly("x-request-id: abc", "b3: 1", "authorization: " + own);
  }

  @Test
  void rule8_proxy_isNotTheDestination() throws Exception {
    OkHttpClient.Builder client =
        new OkHttpClient.Builder()
            .proxy(
                new Proxy(
                    Proxy.Type.HTTP,
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port())));

    assertThat(get(client, "http://ratings:9080/1")).isEqualTo(200);
    assertThat(get(client, "http://example.com/2")).isEqualTo(200);
    assertThat(ratings.hops()).containsExactly("ratings/1", "example.com/2");
    assertThat(ratings.received(0)).isEqualTo(LINES);
    assertThat(ratings.received(1)).isEmpty();
  }

  /** A sidecar or a virtual host goes by it, whatever OkHttp connects to. */
  @Test
  void rule8_hostHeaderSetByHand_isADestinationToo() throws Exception {
    for (String host : List.of("ratings:9080", "example.com")) {
      OkHttpClient.Builder client =
          new OkHttpClient.Builder()
              .addInterceptor(
                  chain ->
                      chain.proceed(chain.request().newBuilder().header("Host", host).build()));
      get(client, ratings.uri("/").toString());
    }

    assertThat(ratings.received(0)).isEqualTo(LINES);
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule8_applicationInterceptor_forwardsNothingIfDestinationsAreRestricted() throws Exception {
    TracingPropagationInterceptor restricted = new TracingPropagationInterceptor(TO_RATINGS);
    TracingPropagationInterceptor any =
        new TracingPropagationInterceptor(TracingPropagation.create());
    try (Scope scope = HeaderLines.extract(TO_RATINGS, LINES).makeCurrent()) {
      execute(new OkHttpClient.Builder().addInterceptor(restricted), ratings.uri("/").toString());
      execute(new OkHttpClient.Builder().addInterceptor(any), ratings.uri("/").toString());
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).containsExactly("x-request-id: abc", "b3: 1");
  }

  private int get(OkHttpClient.Builder client, String url) throws IOException {
    return get(client, url, TO_RATINGS);
  }

  private static int get(OkHttpClient.Builder client, String url, TracingPropagation propagation)
      throws IOException {
    try (Scope scope = HeaderLines.extract(TO_RATINGS, LINES).makeCurrent()) {
      return execute(OkHttpTracingPropagation.install(client, propagation), url);
    }
  }

  private static int execute(OkHttpClient.Builder client, String url) throws IOException {
    try (Response response =
        client.build().newCall(new Request.Builder().url(url).build()).execute()) {
      return response.code();
    }
  }

  private int port() {
    return ratings.uri("/").getPort();
  }
}
