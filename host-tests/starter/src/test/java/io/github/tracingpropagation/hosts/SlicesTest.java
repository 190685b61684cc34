// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.hosts.starter.mvc.Application;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Tests that an application has of itself, with Spring Boot's annotations. */
class SlicesTest {
  private static final Recorder DOWNSTREAM = start();

  private static Recorder start() {
    try {
      return new Recorder();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stop() {
    DOWNSTREAM.close();
  }

  @SpringBootConfiguration
  static class SlicedApplication {}

  @RestController
  static class Reviews {
    @GetMapping("/reviews")
    String reviews() {
      return "request " + CapturedHeaders.current().requestId();
    }
  }

  static class Ratings {
    private final RestClient client;

    Ratings(RestClient.Builder builder) {
      client = builder.baseUrl("http://ratings").build();
    }
  }

  @Nested
  @SpringBootTest(classes = Application.class)
  @WithMockMvc
  class WholeApplication {
    @DynamicPropertySource
    static void downstream(DynamicPropertyRegistry registry) {
      registry.add("downstream", DOWNSTREAM::uri);
    }

    @Test
    void mockMvc_forwards(@Autowired MockMvc mvc) throws Exception {
      InboundHeaders request = InboundHeaders.next();

      mvc.perform(
              get("/plain/rest-client")
                  .param("id", request.id())
                  .header("x-request-id", request.requestId()))
          .andExpect(status().isOk());

      assertThat(DOWNSTREAM.take(request.id()))
          .singleElement()
          .satisfies(call -> assertThat(call).containsEntry("x-request-id", request.requestId()));
    }
  }

  @Nested
  @SliceOfControllers
  @ContextConfiguration(classes = SlicedApplication.class)
  @Import(Reviews.class)
  class OfControllers {
    @Test
    void mockMvc_captures(@Autowired MockMvc mvc) throws Exception {
      mvc.perform(get("/reviews").header("x-request-id", "abc"))
          .andExpect(content().string("request abc"));
      mvc.perform(get("/reviews")).andExpect(content().string("request null"));
    }
  }

  @Nested
  @SliceOfClients
  @ContextConfiguration(classes = SlicedApplication.class)
  @Import(Ratings.class)
  class OfClients {
    @Test
    void mockServer_receivesTheHeaders(
        @Autowired TracingPropagation propagation,
        @Autowired Ratings ratings,
        @Autowired MockRestServiceServer server) {
      server
          .expect(requestTo("http://ratings/1"))
          .andExpect(header("x-request-id", "abc"))
          .andRespond(withSuccess());

      try (Scope scope = captured(propagation).makeCurrent()) {
        ratings.client.get().uri("/1").retrieve().toBodilessEntity();
      }
      server.verify();
    }

    private static Context captured(TracingPropagation propagation) {
      Map<String, String> headers = Map.of("x-request-id", "abc");
      return propagation.extract(
          Context.root(),
          headers,
          new TextMapGetter<>() {
            @Override
            public Iterable<String> keys(Map<String, String> carrier) {
              return List.copyOf(carrier.keySet());
            }

            @Override
            public String get(Map<String, String> carrier, String name) {
              return carrier.get(name);
            }
          });
    }
  }
}
