// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import org.apache.hc.client5.http.impl.DefaultRedirectStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.client.BufferingClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** What is known of factories and connectors is true of a real redirect to a host not named. */
class RedirectsTest {
  private static final String REQUEST_ID = "x-request-id: abc";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final Downstream ratings = Downstream.start();

  /** With what is known of each. */
  private enum Factory {
    SIMPLE(Redirects.FOLLOWED, new SimpleClientHttpRequestFactory()),
    BUFFERED_SIMPLE(
        Redirects.FOLLOWED,
        new BufferingClientHttpRequestFactory(new SimpleClientHttpRequestFactory())),
    OWN_SIMPLE(Redirects.UNKNOWN, new SimpleClientHttpRequestFactory() {}),
    JDK(Redirects.NONE, new JdkClientHttpRequestFactory()),
    JDK_FOLLOWING(Redirects.FOLLOWED, new JdkClientHttpRequestFactory(following())),
    BUFFERED_JDK(
        Redirects.NONE, new BufferingClientHttpRequestFactory(new JdkClientHttpRequestFactory())),
    REACTOR(Redirects.NONE, new ReactorClientHttpRequestFactory()),
    REACTOR_FOLLOWING(
        Redirects.FOLLOWED, new ReactorClientHttpRequestFactory(reactor().followRedirect(true))),
    APACHE(Redirects.FOLLOWED, new HttpComponentsClientHttpRequestFactory()),
    APACHE_NOT_FOLLOWING(Redirects.NONE, apache(HttpClients.custom().disableRedirectHandling())),
    APACHE_OWN_STRATEGY(
        Redirects.UNKNOWN,
        apache(HttpClients.custom().setRedirectStrategy(new DefaultRedirectStrategy() {})));

    final Redirects known;

    @SuppressWarnings("ImmutableEnumChecker")
    final ClientHttpRequestFactory factory;

    Factory(Redirects known, ClientHttpRequestFactory factory) {
      this.known = known;
      this.factory = factory;
    }
  }

  private enum Connector {
    JDK(Redirects.NONE, new JdkClientHttpConnector()),
    JDK_FOLLOWING(Redirects.FOLLOWED, new JdkClientHttpConnector(following())),
    REACTOR(Redirects.NONE, new ReactorClientHttpConnector()),
    REACTOR_FOLLOWING(
        Redirects.FOLLOWED, new ReactorClientHttpConnector(reactor().followRedirect(true)));

    final Redirects known;

    @SuppressWarnings("ImmutableEnumChecker")
    final ClientHttpConnector connector;

    Connector(Redirects known, ClientHttpConnector connector) {
      this.known = known;
      this.connector = connector;
    }
  }

  private static HttpClient following() {
    return HttpClient.newBuilder().followRedirects(Redirect.ALWAYS).build();
  }

  private static reactor.netty.http.client.HttpClient reactor() {
    return reactor.netty.http.client.HttpClient.create();
  }

  private static ClientHttpRequestFactory apache(HttpClientBuilder builder) {
    return new HttpComponentsClientHttpRequestFactory(builder.build());
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  void rule8_factory_isKnown(Factory row) {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    int hops = row.known == Redirects.NONE ? 1 : 2;

    assertThat(Redirects.of(row.factory)).isEqualTo(row.known);
    call(row.factory);
    assertThat(ratings.hops()).hasSize(hops);
  }

  @ParameterizedTest
  @EnumSource
  void rule8_connector_isKnown(Connector row) {
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    int hops = row.known == Redirects.NONE ? 1 : 2;

    assertThat(Redirects.of(row.connector)).isEqualTo(row.known);
    call(row.connector);
    assertThat(ratings.hops()).hasSize(hops);
  }

  /** Only of an unknown one its caller has to know. */
  @ParameterizedTest
  @EnumSource
  void rule8_wrappedFactory_reachesNamedHostsOnly_orIsRefused(Factory row) {
    if (row.known == Redirects.UNKNOWN) {
      return;
    }
    if (row.known == Redirects.FOLLOWED && !row.name().contains("SIMPLE")) {
      assertThatThrownBy(
              () -> RestClientTracingPropagation.wrapAssumingNoRedirects(row.factory, TO_ADDRESS))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContainingAll(
              row.factory.getClass().getName(), "follows redirects", "allowed");
      return;
    }
    ratings.redirect("/1", 302, ratings.otherHost("/2"));

    call(RestClientTracingPropagation.wrapAssumingNoRedirects(row.factory, TO_ADDRESS));

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received()).containsExactly(REQUEST_ID);
  }

  @ParameterizedTest
  @EnumSource
  void rule8_wrappedConnector_reachesNamedHostsOnly_orIsRefused(Connector row) {
    if (row.known == Redirects.FOLLOWED) {
      assertThatThrownBy(
              () -> WebClientTracingPropagation.wrapAssumingNoRedirects(row.connector, TO_ADDRESS))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContainingAll(
              row.connector.getClass().getName(), "follows redirects", "allowed");
      return;
    }
    ratings.redirect("/1", 302, ratings.otherHost("/2"));

    call(WebClientTracingPropagation.wrapAssumingNoRedirects(row.connector, TO_ADDRESS));

    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received()).containsExactly(REQUEST_ID);
  }

  /** Every host may have the headers, so nothing is refused. */
  @ParameterizedTest
  @EnumSource
  void anyHost_nothingIsRefused(Factory row) {
    ClientHttpRequestFactory wrapped =
        RestClientTracingPropagation.wrapAssumingNoRedirects(
            row.factory, TracingPropagation.create());

    call(wrapped);

    assertThat(ratings.received()).containsExactly(REQUEST_ID);
  }

  @SuppressWarnings("try") // the scope is only closed
  private void call(ClientHttpRequestFactory factory) {
    try (Scope request = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      new RestTemplate(factory).getForEntity(ratings.uri("/1"), String.class);
    }
  }

  @SuppressWarnings("try") // the scope is only closed
  private void call(ClientHttpConnector connector) {
    WebClient.Builder builder = WebClient.builder().clientConnector(connector);
    try (Scope request = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      WebClientTracingPropagation.install(builder, TO_ADDRESS)
          .build()
          .get()
          .uri(ratings.uri("/1"))
          .retrieve()
          .toBodilessEntity()
          .block();
    }
  }
}
