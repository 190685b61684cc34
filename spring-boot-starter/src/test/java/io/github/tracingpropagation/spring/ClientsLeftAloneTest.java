// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static io.github.tracingpropagation.spring.ClientApplication.HOSTS;
import static io.github.tracingpropagation.spring.ClientApplication.start;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.github.tracingpropagation.testing.Downstream;
import java.lang.reflect.Proxy;
import java.util.List;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Clients that are beans, and that the application wants to stay as they are. */
class ClientsLeftAloneTest {
  private final Downstream ratings = Downstream.start();

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Exempt {
    @Bean
    @WithoutTracingPropagation
    RestTemplate template() {
      return new RestTemplate();
    }

    @Bean
    @WithoutTracingPropagation
    @org.springframework.context.annotation.Scope(
        value = "thread",
        proxyMode = ScopedProxyMode.TARGET_CLASS)
    RestTemplate scopedTemplate() {
      return new RestTemplate();
    }

    @Bean
    static CustomScopeConfigurer scopes() {
      return OwnClients.scopes();
    }

    @Bean
    @WithoutTracingPropagation
    RestClient client() {
      return RestClient.create();
    }

    @Bean
    @WithoutTracingPropagation
    WebClient webClient() {
      return WebClient.create();
    }

    @Bean
    CloseableHttpClient apache() {
      return HttpClients.createDefault();
    }

    @Bean
    CloseableHttpAsyncClient apacheAsync() {
      CloseableHttpAsyncClient client = HttpAsyncClients.createDefault();
      client.start();
      return client;
    }
  }

  /** An application may need the class. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class OwnClasses {
    @Bean
    RestClient client() {
      return own(RestClient.class);
    }

    @Bean
    RestClient.Builder builder() {
      return own(RestClient.Builder.class);
    }

    @Bean
    WebClient webClient() {
      return own(WebClient.class);
    }

    @Bean
    WebClient.Builder ownWebClientBuilder() {
      return own(WebClient.Builder.class);
    }

    private static <T> T own(Class<T> type) {
      return type.cast(
          Proxy.newProxyInstance(
              type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
    }
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void exemptClients_areLeftAlone() {
    try (ClientApplication application = start(Exempt.class)) {
      application.callWithEach(ratings, name -> assertThat(ratings.received()).as(name).isEmpty());
      assertThat(application.reasons())
          .contains(
              entry("template", "it has @WithoutTracingPropagation"),
              entry("scopedTarget.scopedTemplate", "it has @WithoutTracingPropagation"))
          .hasEntrySatisfying("apache", reason -> assertThat(reason).contains("make its builder"))
          .hasEntrySatisfying(
              "apacheAsync", reason -> assertThat(reason).contains("make its builder"));
    }
  }

  @Test
  void ownClasses_areLeftAlone() {
    try (ClientApplication application = start(OwnClasses.class)) {
      for (String name : List.of("client", "builder", "webClient", "ownWebClientBuilder")) {
        assertThat(application.context().getBean(name).getClass())
            .as(name)
            .matches(Proxy::isProxyClass);
        assertThat(application.reasons().get(name)).startsWith("its class is not Spring's but ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tracing.propagation.forward-to=any", HOSTS})
  void kindsThatAreSwitchedOff_areLeftAlone(String hosts) {
    try (ClientApplication application =
        start(
            OwnClients.class,
            hosts,
            "tracing.propagation.beans.rest-template=false",
            "tracing.propagation.beans.rest-client=false",
            "tracing.propagation.beans.web-client=false",
            "tracing.propagation.beans.jdk-http-client=false",
            "tracing.propagation.beans.apache-http-client=false")) {
      application.callWithEach(ratings, name -> assertThat(ratings.received()).as(name).isEmpty());
      assertThat(application.reasons()).isEmpty();
    }
  }
}
