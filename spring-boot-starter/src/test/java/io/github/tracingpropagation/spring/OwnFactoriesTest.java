// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.jdkhttp.JdkHttpTracingPropagation;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.Log;
import io.opentelemetry.context.Scope;
import java.net.http.HttpClient;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.boot.web.client.RestTemplateCustomizer;
import org.springframework.boot.web.reactive.function.client.WebClientCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * Request factories and connectors that the application sets on Spring Boot's own builders, once
 * only some hosts may have the headers. Each answer is a redirect to another one.
 */
class OwnFactoriesTest {
  private static final String REQUEST_ID = "x-request-id: abc";
  private static final String HOSTS = "tracing.propagation.forward-to=127.0.0.1";

  private final Downstream ratings = Downstream.start();
  private final Log log = Log.open();

  /** For a time-out. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Simple {
    @Bean
    RestClientCustomizer client() {
      return builder -> builder.requestFactory(withTimeout());
    }

    @Bean
    RestTemplateCustomizer template() {
      return template -> template.setRequestFactory(withTimeout());
    }

    private static SimpleClientHttpRequestFactory withTimeout() {
      SimpleClientHttpRequestFactory factory = new SimpleClientHttpRequestFactory();
      factory.setReadTimeout(20_000);
      return factory;
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Jdk {
    @Bean
    RestClientCustomizer client() {
      return builder -> builder.requestFactory(new JdkClientHttpRequestFactory());
    }

    @Bean
    RestTemplateCustomizer template() {
      return template -> template.setRequestFactory(new JdkClientHttpRequestFactory());
    }

    @Bean
    WebClientCustomizer webClient() {
      return builder -> builder.clientConnector(new JdkClientHttpConnector());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Following {
    @Bean
    RestClientCustomizer client() {
      return builder ->
          builder.requestFactory(new JdkClientHttpRequestFactory(ClientBeansTest.following()));
    }

    @Bean
    RestTemplateCustomizer template() {
      return template -> template.setRequestFactory(new HttpComponentsClientHttpRequestFactory());
    }

    @Bean
    WebClientCustomizer webClient() {
      return builder ->
          builder.clientConnector(new JdkClientHttpConnector(ClientBeansTest.following()));
    }
  }

  /** It ignores Spring Boot's setting. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class FollowingBuilder {
    @Bean
    ClientHttpRequestFactoryBuilder<?> factories() {
      return ClientHttpRequestFactoryBuilder.jdk()
          .withHttpClientCustomizer(client -> client.followRedirects(HttpClient.Redirect.ALWAYS));
    }
  }

  @AfterEach
  void stop() {
    log.close();
    ratings.close();
  }

  @Test
  void rule8_simpleFactoryOfACustomizer_followsNoMore_andForwards() {
    try (ConfigurableApplicationContext application = start(Simple.class)) {
      assertForwards(application, OwnFactoriesTest::restClient);
      assertForwards(application, OwnFactoriesTest::restTemplate);
    }
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rule8_factoryThatFollowsNone_forwards() {
    try (ConfigurableApplicationContext application = start(Jdk.class)) {
      assertForwards(application, OwnFactoriesTest::restClient);
      assertForwards(application, OwnFactoriesTest::restTemplate);
      assertForwards(application, OwnFactoriesTest::webClient);
    }
    assertThat(log.warnings()).isEmpty();
  }

  @Test
  void rule8_factoryThatFollows_forwardsNothing_andWarnsOnce() {
    try (ConfigurableApplicationContext application = start(Following.class)) {
      assertFollowsWithout(application, OwnFactoriesTest::restClient);
      assertFollowsWithout(application, OwnFactoriesTest::restTemplate);
      assertFollowsWithout(application, OwnFactoriesTest::webClient);
    }
    assertThat(log.warnings()).hasSize(2); // one of RestClient and RestTemplate
  }

  @Test
  void rule8_customizerThatFollows_forwardsNothing_andWarnsOnce() {
    try (ConfigurableApplicationContext application = start(FollowingBuilder.class)) {
      assertFollowsWithout(application, OwnFactoriesTest::restClient);
      assertFollowsWithout(application, OwnFactoriesTest::restTemplate);
    }
    assertThat(log.warnings())
        .singleElement()
        .asString()
        .contains("a customizer", "makes it follow redirects", "leave redirects alone");
  }

  /** The thread may have the headers of another request when an HTTP client sends. */
  @Test
  @SuppressWarnings("try") // the scope is only closed
  void clientBeneathWebClient_addsNothingOfTheThread() {
    HttpClient jdk = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), any());
    try (ConfigurableApplicationContext application =
            Applications.builder(Simple.class).web(WebApplicationType.NONE).run();
        Scope other =
            HeaderLines.captured("x-request-id: other", "x-b3-sampled: 1").makeCurrent()) {
      WebClient client =
          application
              .getBean(WebClient.Builder.class)
              .clientConnector(new JdkClientHttpConnector(jdk))
              .build();
      for (CapturedHeaders own : new CapturedHeaders[] {own(), CapturedHeaders.empty()}) {
        ratings.reset();
        client
            .post()
            .uri(ratings.uri("/1"))
            .body(Mono.just("body"), String.class)
            .retrieve()
            .toBodilessEntity()
            .contextWrite(view -> view.put(CapturedHeaders.class, own))
            .block();

        assertThat(ratings.received()).isEqualTo(own.isEmpty() ? List.of() : List.of(REQUEST_ID));
      }
    }
  }

  private static TracingPropagation any() {
    return TracingPropagation.create();
  }

  private static CapturedHeaders own() {
    return HeaderLines.captured(REQUEST_ID);
  }

  private interface Client {
    Consumer<String> of(ConfigurableApplicationContext application);
  }

  private static Consumer<String> restClient(ConfigurableApplicationContext application) {
    RestClient client = application.getBean(RestClient.Builder.class).build();
    return uri -> client.get().uri(uri).retrieve().toBodilessEntity();
  }

  private static Consumer<String> restTemplate(ConfigurableApplicationContext application) {
    return uri ->
        application.getBean(RestTemplateBuilder.class).build().getForEntity(uri, String.class);
  }

  private static Consumer<String> webClient(ConfigurableApplicationContext application) {
    WebClient client = application.getBean(WebClient.Builder.class).build();
    return uri -> client.get().uri(uri).retrieve().toBodilessEntity().block();
  }

  private void assertForwards(ConfigurableApplicationContext application, Client client) {
    call(client.of(application));
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1");
    assertThat(ratings.received(0)).containsExactly(REQUEST_ID);
  }

  private void assertFollowsWithout(ConfigurableApplicationContext application, Client client) {
    call(client.of(application));
    assertThat(ratings.hops()).containsExactly("127.0.0.1/1", "localhost/2");
    assertThat(ratings.received(0)).isEmpty();
    assertThat(ratings.received(1)).isEmpty();
  }

  @SuppressWarnings("try") // the scope is only closed
  private void call(Consumer<String> client) {
    ratings.reset();
    ratings.redirect("/1", 302, ratings.otherHost("/2"));
    try (Scope scope = HeaderLines.captured(REQUEST_ID).makeCurrent()) {
      client.accept(ratings.uri("/1").toString());
    }
  }

  private static ConfigurableApplicationContext start(Class<?> source) {
    return Applications.builder(source, HOSTS).web(WebApplicationType.NONE).run();
  }
}
