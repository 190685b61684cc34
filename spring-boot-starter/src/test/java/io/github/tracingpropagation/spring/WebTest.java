// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurationSupport;
import reactor.core.publisher.Mono;

/** An application that calls another one, on each kind of server. */
class WebTest {
  private final Downstream ratings = Downstream.start();

  @EnableAutoConfiguration
  static class Application {
    // docs: starter
    @Bean
    Reviews reviews(WebClient.Builder builder) { // as without the starter
      return new Reviews(builder.build());
    }
    // docs: end
  }

  @RestController
  static class Reviews {
    private final WebClient client;

    Reviews(WebClient client) {
      this.client = client;
    }

    /** Calls twice, the second time on a thread of the client. */
    @GetMapping("/reviews")
    Mono<String> reviews(@RequestParam("ratings") URI ratings) {
      return call(ratings).then(Mono.defer(() -> call(ratings)));
    }

    private Mono<String> call(URI ratings) {
      return client.get().uri(ratings).retrieve().bodyToMono(String.class);
    }
  }

  @AfterEach
  void stop() {
    ratings.close();
  }

  @Test
  void readme_showsTheApplication() throws IOException {
    Docs.assertShows("starter", WebTest.class);
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void requests_forwardTheirOwnHeaders(WebApplicationType server) throws Exception {
    try (ConfigurableApplicationContext application = start(server)) {
      get(application, List.of("X-Request-Id: 1", "x-b3-sampled: 1"));
      get(application, List.of());
      get(application, List.of("x-request-id: 3"));
    }

    assertThat(ratings.received(0)).containsExactly("x-request-id: 1", "x-b3-sampled: 1");
    assertThat(ratings.received(1)).isEqualTo(ratings.received(0));
    assertThat(ratings.received(2)).isEmpty();
    assertThat(ratings.received(3)).isEmpty();
    assertThat(ratings.received(4)).containsExactly("x-request-id: 3");
    assertThat(ratings.received(5)).isEqualTo(ratings.received(4));
  }

  @ParameterizedTest
  @EnumSource(names = {"SERVLET", "REACTIVE"})
  void switchedOff_nothingIsForwarded(WebApplicationType server) throws Exception {
    try (ConfigurableApplicationContext application =
        start(server, "tracing.propagation.enabled=false")) {
      get(application, List.of("x-request-id: 1"));
    }

    assertThat(ratings.received(0)).isEmpty();
  }

  @Test
  void lazyInitialization_forwards() throws Exception {
    try (ConfigurableApplicationContext application =
        start(WebApplicationType.SERVLET, "spring.main.lazy-initialization=true")) {
      get(application, List.of("x-request-id: 1"));
    }

    assertThat(ratings.received(0)).containsExactly("x-request-id: 1");
  }

  @Test
  void childOfAnApplicationWithTheStarter_forwards() throws Exception {
    try (ConfigurableApplicationContext parent = Applications.start(null);
        ConfigurableApplicationContext child =
            Applications.builder(Application.class)
                .parent(parent)
                .web(WebApplicationType.SERVLET)
                .run()) {
      get(child, List.of("x-request-id: 1"));
    }

    assertThat(ratings.received(0)).containsExactly("x-request-id: 1");
  }

  /** Spring Boot's configuration of MVC, and configurers that are beans, back off. */
  @EnableAutoConfiguration
  static class OwnMvc extends WebMvcConfigurationSupport {
    @Bean
    Asynchronous asynchronous() {
      return new Asynchronous();
    }
  }

  @RestController
  static class Asynchronous {
    @GetMapping("/callable")
    Callable<String> callable() {
      return Requests::seen;
    }
  }

  @Test
  void ownConfigurationOfMvc_asynchronousRequestsHaveTheirHeaders() throws Exception {
    try (ConfigurableApplicationContext application =
        Applications.builder(OwnMvc.class).web(WebApplicationType.SERVLET).run()) {
      for (String id : List.of("1", "2")) {
        assertThat(get(application, "/callable", List.of("x-request-id: " + id)).body())
            .isEqualTo(id);
      }
      assertThat(get(application, "/callable", List.of()).body()).isEqualTo("nothing");
    }
  }

  private static ConfigurableApplicationContext start(
      WebApplicationType server, String... properties) {
    return Applications.builder(Application.class, properties).web(server).run();
  }

  private void get(ConfigurableApplicationContext application, List<String> lines)
      throws Exception {
    get(application, ratings, lines);
  }

  static void get(
      ConfigurableApplicationContext application, Downstream ratings, List<String> lines)
      throws Exception {
    String path = "/reviews?ratings=" + ratings.uri("/");
    assertThat(get(application, path, lines).status()).isEqualTo(200);
  }

  private static RawHttp.Response get(
      ConfigurableApplicationContext application, String path, List<String> lines)
      throws Exception {
    String port = application.getEnvironment().getRequiredProperty("local.server.port");
    try (RawHttp connection = RawHttp.connect(URI.create("http://127.0.0.1:" + port))) {
      return connection.get(path, lines);
    }
  }
}
