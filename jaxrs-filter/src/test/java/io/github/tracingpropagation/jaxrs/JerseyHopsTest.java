// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.unauthorized;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.authentication.HttpAuthenticationFeature;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 8 where Jersey sends a request once more, or somewhere else. */
@SuppressWarnings("try") // a scope is only there to be closed
class JerseyHopsTest {
  private static final String ID = "x-request-id: abc";
  private static final TracingPropagation TO_RATINGS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("ratings", "127.0.0.1")).build();

  private final Downstream ratings = Downstream.start();

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void rule8_authenticationsFollowUp_isForwardedOnce() {
    ratings
        .server()
        .stubFor(
            any(anyUrl())
                .withHeader("Authorization", absent())
                .willReturn(
                    unauthorized().withHeader("WWW-Authenticate", "Basic realm=\"ratings\"")));
    ClientBuilder client =
        ClientBuilder.newBuilder()
            .register(
                HttpAuthenticationFeature.basicBuilder()
                    .nonPreemptive()
                    .credentials("user", "password")
                    .build());

    assertThat(get(client, ratings.uri("/")).getStatus()).isEqualTo(200);
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1))
        .containsExactly(ID, "authorization: Basic dXNlcjpwYXNzd29yZA==");
  }

  @Test
  void rule8_retryAfterAConnectionFailure_isForwardedOnce() {
    ratings
        .server()
        .stubFor(
            any(anyUrl())
                .inScenario("hang up once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("answer")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

    assertThat(get(ClientBuilder.newBuilder(), ratings.uri("/")).getStatus()).isEqualTo(200);
    assertThat(ratings.hops()).hasSize(2);
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  @Test
  void rule11_redirectOfAnAsyncCall_isForwardedWhereverItRuns() throws Exception {
    ratings.redirect("/1", 302, ratings.uri("/2"));
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (Client client =
        ClientBuilder.newBuilder()
            .executorService(threads)
            .register(new TracingPropagationFeature(TO_RATINGS))
            .build()) {
      Future<Response> call;
      try (Scope scope = HeaderLines.captured(ID).makeCurrent()) {
        call = client.target(ratings.uri("/1")).request().async().get();
      }

      assertThat(call.get(20, TimeUnit.SECONDS).getStatus()).isEqualTo(200);
      assertThat(ratings.received(1)).containsExactly(ID);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rule8_proxy_isNotTheDestination() {
    Proxy proxy =
        new Proxy(
            Proxy.Type.HTTP,
            new InetSocketAddress(InetAddress.getLoopbackAddress(), ratings.uri("/").getPort()));
    ClientConfig config =
        new ClientConfig()
            .connectorProvider(
                new HttpUrlConnectorProvider()
                    .connectionFactory(url -> (HttpURLConnection) url.openConnection(proxy)));

    get(ClientBuilder.newBuilder().withConfig(config), URI.create("http://ratings:9080/1"));
    get(ClientBuilder.newBuilder().withConfig(config), URI.create("http://example.com/2"));

    assertThat(ratings.hops()).containsExactly("ratings/1", "example.com/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule8_redirectsNotToBeFollowed_areNot() {
    ratings.redirect("/1", 302, ratings.uri("/2"));
    ClientBuilder client =
        ClientBuilder.newBuilder().property(ClientProperties.FOLLOW_REDIRECTS, false);

    assertThat(get(client, ratings.uri("/1")).getStatus()).isEqualTo(302);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
  }

  @Test
  void rule8_redirectToNoUri_isTheResponse() {
    ratings
        .server()
        .stubFor(any(anyUrl()).willReturn(status(302).withHeader("Location", "http://[not a uri")));

    assertThat(get(ClientBuilder.newBuilder(), ratings.uri("/1")).getStatus()).isEqualTo(302);
  }

  @Test
  void rule8_redirectedPost_isRepeatedAsTheStatusAsks() {
    ratings.redirect("/see-other", 303, ratings.uri("/got"));
    ratings.redirect("/temporary", 307, ratings.uri("/posted"));

    assertThat(post("/see-other", "five stars")).isEqualTo(200);
    assertThat(post("/temporary", "five stars")).isEqualTo(200);

    assertThat(ratings.server().getAllServeEvents())
        .extracting(
            event ->
                event.getRequest().getMethod()
                    + " "
                    + event.getRequest().getUrl()
                    + " "
                    + event.getRequest().getBodyAsString())
        .containsExactly(
            "POST /posted five stars",
            "POST /temporary five stars",
            "GET /got ",
            "POST /see-other five stars");
  }

  @Test
  void rule8_redirectedPostWhoseBodyIsSpent_isTheResponse() {
    ratings.redirect("/temporary", 307, ratings.uri("/posted"));

    assertThat(post("/temporary", new ByteArrayInputStream(new byte[] {42}))).isEqualTo(307);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/temporary");
  }

  @Test
  void rule8_redirectToAnotherHost_carriesNoCredentials() {
    ratings.redirect("/1", 302, ratings.uri("/2"));
    ratings.redirect("/2", 302, ratings.otherHost("/3"));
    try (Scope scope = HeaderLines.captured(ID).makeCurrent();
        Client client =
            ClientBuilder.newBuilder()
                .register(new TracingPropagationFeature(TO_RATINGS))
                .build()) {
      client
          .target(ratings.uri("/1"))
          .request()
          .header("Authorization", "Bearer own")
          .header("end-user", "jason")
          .get()
          .close();
    }

    assertThat(ratings.received(1))
        .containsExactly(ID, "authorization: Bearer own", "end-user: jason");
    assertThat(ratings.received(2)).containsExactly("end-user: jason");
  }

  private int post(String path, Object body) {
    try (Scope scope = HeaderLines.captured(ID).makeCurrent();
        Client client =
            ClientBuilder.newBuilder().register(new TracingPropagationFeature(TO_RATINGS)).build();
        Response response = client.target(ratings.uri(path)).request().post(Entity.text(body))) {
      return response.getStatus();
    }
  }

  private static Response get(ClientBuilder builder, URI uri) {
    try (Scope scope = HeaderLines.captured(ID).makeCurrent();
        Client client = builder.register(new TracingPropagationFeature(TO_RATINGS)).build();
        Response response = client.target(uri).request().get()) {
      return response;
    }
  }
}
