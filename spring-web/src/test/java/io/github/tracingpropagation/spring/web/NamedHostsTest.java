// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.Events;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Only what is known not to follow redirects forwards, once only some hosts may have the headers.
 */
class NamedHostsTest {
  private static final String REQUEST_ID = "x-request-id: abc";
  private static final TracingPropagation TO_ADDRESS =
      TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

  private final Downstream ratings = Downstream.start();
  private final Log log = Log.open();

  /** Made without a factory that forwards. */
  private enum Unknown {
    REST_TEMPLATE {
      @Override
      HttpStatusCode call(URI uri) {
        RestTemplate template =
            RestClientTracingPropagation.install(new RestTemplate(), TO_ADDRESS);
        return template.getForEntity(uri, String.class).getStatusCode();
      }
    },
    REST_TEMPLATE_WITH_INTERCEPTOR {
      @Override
      HttpStatusCode call(URI uri) {
        RestTemplate template =
            RestClientTracingPropagation.install(new RestTemplate(), TO_ADDRESS);
        template.getInterceptors().add((request, body, next) -> next.execute(request, body));
        return template.getForEntity(uri, String.class).getStatusCode();
      }
    },
    REST_CLIENT {
      @Override
      HttpStatusCode call(URI uri) {
        RestClient client =
            RestClientTracingPropagation.install(RestClient.builder(), TO_ADDRESS).build();
        return client.get().uri(uri).retrieve().toBodilessEntity().getStatusCode();
      }
    },
    WEB_CLIENT {
      @Override
      HttpStatusCode call(URI uri) {
        WebClient client =
            WebClientTracingPropagation.install(WebClient.builder(), TO_ADDRESS).build();
        return requireNonNull(client.get().uri(uri).retrieve().toBodilessEntity().block())
            .getStatusCode();
      }
    };

    abstract HttpStatusCode call(URI uri);
  }

  @AfterEach
  void stop() {
    log.close();
    ratings.close();
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("try") // the scope is only closed
  void rule8_factoryThatMayFollow_forwardsNothing_andWarnsOnce(Unknown client) {
    try (Scope request = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      client.call(ratings.uri("/"));
      client.call(ratings.uri("/"));
    }

    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .startsWith("No tracing headers are forwarded with a ")
        .contains("may follow redirects", "TracingPropagation.wrapAssumingNoRedirects");
  }

  @Test
  void rule8_simpleFactory_followsNoMore() {
    SimpleClientHttpRequestFactory simple = new SimpleClientHttpRequestFactory();
    simple.setReadTimeout(20_000);
    ratings.redirect("/1", 302, ratings.otherHost("/2"));

    RestTemplate template = template(simple);

    assertThat(call(template, ratings.uri("/1")).value()).isEqualTo(302);
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received()).containsExactly(REQUEST_ID);
    assertThat(log.warnings()).isEmpty();
  }

  /** Without {@code install}, a wrapped factory is all that a client needs. */
  @Test
  void wrappedFactoryAlone_forwards() {
    RestTemplate template = template(new JdkClientHttpRequestFactory());

    call(template, ratings.uri("/1"));
    call(template, ratings.otherHost("/2"));

    assertThat(ratings.received(0)).containsExactly(REQUEST_ID);
    assertThat(ratings.received(1)).isEmpty();
  }

  /** The last host counts, below all interceptors. */
  @Test
  @SuppressWarnings("try") // the scope is only closed
  void rule8_interceptorThatChangesTheHost_isDecidedByTheLastOne() {
    WebClient client =
        WebClientTracingPropagation.install(
                WebClient.builder()
                    .clientConnector(
                        WebClientTracingPropagation.wrapAssumingNoRedirects(
                            new JdkClientHttpConnector(), TO_ADDRESS))
                    .filter(
                        (request, next) ->
                            next.exchange(
                                ClientRequest.from(request)
                                    .url(ratings.otherHost("/changed"))
                                    .build())),
                TO_ADDRESS)
            .build();

    try (Scope request = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      client.get().uri(ratings.uri("/")).retrieve().toBodilessEntity().block();
    }

    assertThat(ratings.hops()).containsExactly("localhost/changed");
    assertThat(ratings.received()).isEmpty();
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void installedTwice_isInstalledOnce() {
    TracingPropagation any = TracingPropagation.create();
    RestTemplate template = new RestTemplate();
    List.of(any, TO_ADDRESS, any, TO_ADDRESS)
        .forEach(propagation -> RestClientTracingPropagation.install(template, propagation));

    assertThat(template.getInterceptors()).hasSize(1);
    assertThat(template.getClientHttpRequestInitializers()).hasSize(1);

    RestClient.Builder plain = RestClient.builder();
    RestClient.Builder intercepted =
        RestClient.builder()
            .requestInterceptor((request, body, next) -> next.execute(request, body));
    for (int i = 0; i < 2; i++) {
      RestClientTracingPropagation.install(plain, any);
      RestClientTracingPropagation.install(intercepted, any);
    }
    plain.requestInitializers(all -> assertThat(all).hasSize(1));
    intercepted.requestInterceptors(all -> assertThat(all).hasSize(2));
  }

  private static RestTemplate template(ClientHttpRequestFactory factory) {
    return new RestTemplate(
        RestClientTracingPropagation.wrapAssumingNoRedirects(factory, TO_ADDRESS));
  }

  @SuppressWarnings("try") // the scope is only closed
  private static HttpStatusCode call(RestTemplate template, URI uri) {
    try (Scope request = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      return template.getForEntity(uri, String.class).getStatusCode();
    }
  }

  @Test
  @SuppressWarnings("try") // the scope is only closed
  void requestWithABody_isDecidedOnce() throws Exception {
    Events events = new Events();
    ClientHttpRequestFactory factory =
        RestClientTracingPropagation.wrapAssumingNoRedirects(
            new SimpleClientHttpRequestFactory(), TO_ADDRESS.observedBy(events));

    try (Scope scope = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      for (URI uri : List.of(ratings.otherHost("/1"), ratings.uri("/1"))) {
        ClientHttpRequest request = factory.createRequest(uri, HttpMethod.POST);
        request.getBody().write('1');
        request.execute().close();
      }
    }

    assertThat(events.take()).containsExactly("withheld", "forwarded");
  }
}
