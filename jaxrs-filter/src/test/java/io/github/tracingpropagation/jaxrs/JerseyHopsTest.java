// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.util.Timeout;
import org.glassfish.jersey.apache5.connector.Apache5ClientProperties;
import org.glassfish.jersey.apache5.connector.Apache5ConnectorProvider;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.client.HttpUrlConnectorProvider;
import org.glassfish.jersey.client.JerseyClientBuilder;
import org.glassfish.jersey.client.spi.ConnectorProvider;
import org.glassfish.jersey.message.GZipEncoder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 8 if Jersey retries a request, uses a proxy or receives a redirect. */
@SuppressWarnings("try") // the scope is only closed
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
  void rule8_retryAfterAConnectionFailure_isForwardedOnce() {
    ratings
        .server()
        .stubFor(
            any(anyUrl())
                .inScenario("hang up once")
                .whenScenarioStateIs(Scenario.STARTED)
                .willSetStateTo("answer")
                .willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));

    assertThat(get(new JerseyClientBuilder(), ratings.uri("/")).getStatus()).isEqualTo(200);
    assertThat(ratings.hops()).hasSize(2);
    assertThat(ratings.received(1)).containsExactly(ID);
  }

  @Test
  void rule8_proxy_isNotTheDestination() {
    ClientConfig config =
        new ClientConfig().property(ClientProperties.PROXY_URI, ratings.uri("/").toString());

    get(new JerseyClientBuilder().withConfig(config), URI.create("http://ratings:9080/1"));
    get(new JerseyClientBuilder().withConfig(config), URI.create("http://example.com/2"));

    assertThat(ratings.hops()).containsExactly("ratings/1", "example.com/2");
    assertThat(ratings.received(0)).containsExactly(ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  /** Following redirects ourselves failed here: the body can be read only once. */
  @ParameterizedTest
  @ValueSource(strings = {"a reader", "a stream", "a function"})
  void rule8_redirectedUpload_isTheResponse(String kind) {
    ratings.redirect("/1", 307, ratings.uri("/2"));
    Object body =
        switch (kind) {
          case "a reader" -> new StringReader("five stars");
          case "a stream" -> new ByteArrayInputStream("five stars".getBytes(US_ASCII));
          default -> (StreamingOutput) to -> to.write("five stars".getBytes(US_ASCII));
        };

    try (Client client = client(new JerseyClientBuilder());
        Scope scope = HeaderLines.captured(ID).makeCurrent();
        Response response = client.target(ratings.uri("/1")).request().post(Entity.text(body))) {
      assertThat(response.getStatus()).isEqualTo(307);
    }
    assertThat(requests()).containsExactly("POST /1 five stars");
  }

  /** Following ourselves failed here: it lost the time-out, and decoded the body twice. */
  @Test
  void rule8_redirectToASlowAndZippedAnswer_isTheResponse() {
    ratings.redirect("/1", 302, ratings.uri("/2"));
    ratings
        .server()
        .stubFor(any(urlEqualTo("/2")).willReturn(ok("five stars").withFixedDelay(3_000)));

    try (Client client = client(new JerseyClientBuilder().register(GZipEncoder.class));
        Scope scope = HeaderLines.captured(ID).makeCurrent();
        Response response =
            client
                .target(ratings.uri("/1"))
                .property(ClientProperties.READ_TIMEOUT, 500)
                .request()
                .acceptEncoding("gzip")
                .get()) {
      assertThat(response.getStatus()).isEqualTo(302);
    }
    assertThat(requests()).containsExactly("GET /1 ");
  }

  /** Following ourselves failed here: the redirect still held the only connection. */
  @Test
  void rule8_redirectsWithAPoolOfOne_areTheResponse() {
    ratings.redirect("/1", 302, ratings.uri("/2"));
    ClientConfig config =
        new ClientConfig()
            .connectorProvider(new Apache5ConnectorProvider())
            .property(
                Apache5ClientProperties.CONNECTION_MANAGER,
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(1)
                    .setMaxConnPerRoute(1)
                    .build())
            .property(
                Apache5ClientProperties.REQUEST_CONFIG,
                RequestConfig.custom().setConnectionRequestTimeout(Timeout.ofSeconds(20)).build());

    try (Client client = client(new JerseyClientBuilder().withConfig(config));
        Scope scope = HeaderLines.captured(ID).makeCurrent()) {
      for (int i = 0; i < 3; i++) {
        try (Response response = client.target(ratings.uri("/1")).request().get()) {
          assertThat(response.getStatus()).isEqualTo(302);
        }
      }
    }
  }

  @Test
  void rule8_requestThatEnablesRedirects_followsAndForwardsNothing() {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));

    try (Client client = client(new JerseyClientBuilder());
        Scope scope = HeaderLines.captured(ID).makeCurrent();
        Response response =
            client
                .target(ratings.uri("/1"))
                .request()
                .property(ClientProperties.FOLLOW_REDIRECTS, "true")
                .get()) {
      assertThat(response.getStatus()).isEqualTo(200);
    }
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  @Test
  void rule8_requestWithoutCapturedHeaders_returnsTheRedirectToo() {
    ratings.redirect("/1", 302, ratings.uri("/2"));

    try (Client client = client(new JerseyClientBuilder());
        Response response = client.target(ratings.uri("/1")).request().get()) {
      assertThat(response.getStatus()).isEqualTo(302);
    }
  }

  @Test
  void rule8_unknownConnector_forwardsNothingAndWarnsOnce() {
    ConnectorProvider unknown = new HttpUrlConnectorProvider() {};
    ClientConfig config = new ClientConfig().connectorProvider(unknown);

    try (Log log = Log.open()) {
      for (int i = 0; i < 2; i++) {
        get(new JerseyClientBuilder().withConfig(config), ratings.uri("/" + i));

        assertThat(ratings.received(i)).isEmpty();
      }
      assertThat(log.warnings())
          .containsExactly(
              "No tracing headers are forwarded with a Jakarta REST client: Jersey's connector "
                  + unknown.getClass().getName()
                  + " may follow redirects, which could send them to a host that may not receive"
                  + " them. Use Jersey's default HttpUrlConnectorProvider.");
    }
  }

  /** Jersey copies it: what the feature sees is Jersey's own class. */
  @Test
  void rule8_subclassOfClientConfig_isForwarded() {
    ClientConfig config = new ClientConfig() {};

    get(new JerseyClientBuilder().withConfig(config), ratings.uri("/"));
    assertThat(ratings.received()).containsExactly(ID);
  }

  private List<String> requests() {
    return ratings.server().getAllServeEvents().stream()
        .map(ServeEvent::getRequest)
        .map(it -> it.getMethod() + " " + it.getUrl() + " " + it.getBodyAsString())
        .toList();
  }

  private static Client client(ClientBuilder builder) {
    return builder.register(new TracingPropagationFeature(TO_RATINGS)).build();
  }

  private static Response get(ClientBuilder builder, URI uri) {
    try (Scope scope = HeaderLines.captured(ID).makeCurrent();
        Client client = client(builder);
        Response response = client.target(uri).request().get()) {
      return response;
    }
  }
}
