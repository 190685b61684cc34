// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.ReactorClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** A {@code RestClient} that forwards sends a body of unknown length in chunks, as without us. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StreamedBodiesTest {
  private Recorder downstream;
  private ConfigurableApplicationContext application;

  @EnableAutoConfiguration
  static class Application {}

  @BeforeAll
  void start() throws Exception {
    downstream = new Recorder();
    application =
        new SpringApplicationBuilder(Application.class)
            .web(WebApplicationType.NONE)
            .properties("spring.main.banner-mode=off")
            .run();
  }

  @AfterAll
  void stop() {
    application.close();
    downstream.close();
  }

  static Stream<ClientHttpRequestFactory> factories() {
    return Stream.of(
        new JdkClientHttpRequestFactory(),
        new SimpleClientHttpRequestFactory(),
        new HttpComponentsClientHttpRequestFactory(),
        new ReactorClientHttpRequestFactory());
  }

  @ParameterizedTest
  @MethodSource("factories")
  @SuppressWarnings("try") // the scope is only closed
  void body_isSentInChunks(ClientHttpRequestFactory factory) {
    RestClient client =
        application.getBean(RestClient.Builder.class).requestFactory(factory).build();
    InboundHeaders request = InboundHeaders.next();
    Context captured =
        application
            .getBean(TracingPropagation.class)
            .extract(Context.root(), request.all(), new InboundHeaders.Getter());

    try (Scope scope = captured.makeCurrent()) {
      client
          .post()
          .uri(downstream.uri() + "/" + request.id())
          .body(new InputStreamResource(new ByteArrayInputStream(new byte[100_000])))
          .retrieve()
          .toBodilessEntity();
    }

    Map<String, String> call = downstream.take(request.id()).get(0);
    assertThat(call).containsEntry("x-request-id", request.requestId());
    assertThat(call).containsEntry("transfer-encoding", "chunked");
    assertThat(call).doesNotContainKey("content-length");
  }
}
