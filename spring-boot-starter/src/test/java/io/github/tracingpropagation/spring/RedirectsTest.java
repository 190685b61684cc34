// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Feign;
import feign.RequestLine;
import feign.Response;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Redirects of each client that Spring Boot builds, once only some hosts may have the headers. */
class RedirectsTest {
  private static final String REQUEST_ID = "x-request-id: abc";
  private static final String HOSTS = "tracing.propagation.forward-to=127.0.0.1";

  /** Feign never follows once hosts are named. */
  private static final List<Client> CONFIGURABLE =
      List.of(Client.REST_CLIENT, Client.REST_TEMPLATE, Client.WEB_CLIENT);

  private final Downstream ratings = Downstream.start();
  private final Log log = Log.open();

  enum Client {
    REST_CLIENT {
      @Override
      void call(ConfigurableApplicationContext application, URI uri) {
        application
            .getBean(RestClient.Builder.class)
            .build()
            .get()
            .uri(uri)
            .retrieve()
            .toBodilessEntity();
      }
    },
    REST_TEMPLATE {
      @Override
      void call(ConfigurableApplicationContext application, URI uri) {
        application
            .getBean(RestTemplateBuilder.class)
            .build()
            .exchange(uri, HttpMethod.GET, null, new ParameterizedTypeReference<String>() {});
      }
    },
    WEB_CLIENT {
      @Override
      void call(ConfigurableApplicationContext application, URI uri) {
        application
            .getBean(WebClient.Builder.class)
            .build()
            .get()
            .uri(uri)
            .retrieve()
            .toBodilessEntity()
            .block();
      }
    },
    FEIGN {
      @Override
      void call(ConfigurableApplicationContext application, URI uri) {
        Feign.builder()
            .addCapability(application.getBean(TracingPropagationCapability.class))
            .target(Ratings.class, "http://" + uri.getAuthority())
            .get()
            .close();
      }
    };

    abstract void call(ConfigurableApplicationContext application, URI uri);
  }

  interface Ratings {
    @RequestLine("GET /1")
    Response get();
  }

  @AfterEach
  void stop() {
    log.close();
    ratings.close();
  }

  @Test
  void rule8_hostsAreNamed_clientsDoNotFollow() {
    try (ConfigurableApplicationContext application = Applications.start(null, HOSTS)) {
      for (Client client : Client.values()) {
        call(client, application);
        assertThat(ratings.hops()).as("%s", client).containsExactly("127.0.0.1/1");
        assertThat(ratings.received()).as("%s", client).containsExactly(REQUEST_ID);
      }
    }
    assertThat(log.messages(Level.INFO))
        .containsOnlyOnce(
            "Clients of Spring Boot do not follow redirects by default, because"
                + " tracing.propagation.forward-to names hosts.");
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void anyHost_clientsFollowAsTheyDoWithoutTheStarter() {
    try (ConfigurableApplicationContext application = Applications.start(null)) {
      for (Client client : Client.values()) {
        call(client, application);
        assertThat(ratings.hops()).as("%s", client).containsExactly("127.0.0.1/1", "localhost/2");
        assertThat(ratings.received(0)).as("%s", client).containsExactly(REQUEST_ID);
      }
    }
    assertThat(log.messages(Level.INFO)).noneMatch(message -> message.contains("redirect"));
  }

  @Test
  void rule8_applicationFollows_nothingIsForwarded() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            null,
            HOSTS,
            "spring.http.client.redirects=follow",
            "spring.http.reactiveclient.redirects=follow")) {
      assertThat(log.warnings()).isEmpty();
      for (Client client : CONFIGURABLE) {
        call(client, application);
        assertThat(ratings.hops()).as("%s", client).containsExactly("127.0.0.1/1", "localhost/2");
        assertThat(ratings.received(0)).as("%s", client).isEmpty();
        assertThat(ratings.received(1)).as("%s", client).isEmpty();
      }
    }
    assertThat(log.warnings())
        .containsExactly(
            warning("RestClient and RestTemplate", "spring.http.client.redirects"),
            warning("WebClient", "spring.http.reactiveclient.redirects"));
  }

  /** Only the properties switch redirects off, not a bean. */
  @Test
  void rule8_hostsAreNamedInCode_nothingIsForwarded() {
    TracingPropagation own =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();

    try (ConfigurableApplicationContext application = Applications.start(own)) {
      for (Client client : CONFIGURABLE) {
        call(client, application);
        assertThat(ratings.received(0)).as("%s", client).isEmpty();
      }
    }
    assertThat(log.warnings()).hasSize(2);
  }

  private static String warning(String clients, String property) {
    return "No tracing headers are forwarded with "
        + clients
        + ": redirects are followed, which could send them to a host that may not receive"
        + " them. Set "
        + property
        + " to dont-follow.";
  }

  @ParameterizedTest
  @ValueSource(strings = {"any", "ANY", " "})
  void anyHost_redirectsAreLeft(String hosts) {
    try (ConfigurableApplicationContext application =
        Applications.start(null, "tracing.propagation.forward-to=" + hosts)) {
      assertThat(application.getEnvironment().getProperty(RedirectDefaults.ALL_4)).isNull();
    }
  }

  @Test
  void ownBean_invalidPropertyIsNotRead() {
    try (ConfigurableApplicationContext application =
        Applications.start(
            TracingPropagation.create(), "tracing.propagation.forward-to=http://ratings")) {
      assertThat(application.getEnvironment().getProperty(RedirectDefaults.ALL_4)).isNull();
    }
  }

  @Test
  void switchedOff_redirectsAreLeft() {
    try (ConfigurableApplicationContext application =
        Applications.start(null, HOSTS, "tracing.propagation.enabled=false")) {
      assertThat(application.getEnvironment().getProperty(RedirectDefaults.ALL_4)).isNull();
    }
  }

  @SuppressWarnings("try") // the scope is only closed
  private void call(Client client, ConfigurableApplicationContext application) {
    ratings.reset();
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    try (Scope scope =
        HeaderLines.extract(TracingPropagation.create(), List.of(REQUEST_ID)).makeCurrent()) {
      client.call(application, ratings.uri("/1"));
    }
  }
}
