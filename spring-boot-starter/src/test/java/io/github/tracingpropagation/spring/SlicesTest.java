// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.test.autoconfigure.web.client.RestClientTest;
import org.springframework.boot.test.autoconfigure.web.servlet.WebMvcTest;
import org.springframework.context.annotation.Import;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** Tests that an application has of its controllers and clients alone: Spring Boot's slices. */
class SlicesTest {

  @SpringBootConfiguration
  static class Application {}

  @RestController
  static class Reviews {
    @GetMapping("/reviews")
    String reviews() {
      return Objects.requireNonNullElse(CapturedHeaders.current().requestId(), "nothing");
    }
  }

  static class Ratings {
    private final RestClient client;

    Ratings(RestClient.Builder builder) {
      client = builder.baseUrl("http://ratings").build();
    }
  }

  @Nested
  @WebMvcTest
  @Import(Reviews.class)
  class OfControllers {
    @Test
    void mockMvc_captures(@Autowired MockMvc mvc) throws Exception {
      mvc.perform(get("/reviews").header("x-request-id", "abc")).andExpect(content().string("abc"));
      mvc.perform(get("/reviews")).andExpect(content().string("nothing"));
    }
  }

  @Nested
  @RestClientTest
  @Import(Ratings.class)
  class OfClients {
    @Test
    @SuppressWarnings("try") // the scope is only closed
    void mockServer_receivesTheHeaders(
        @Autowired Ratings ratings, @Autowired MockRestServiceServer server) {
      server
          .expect(requestTo("http://ratings/1"))
          .andExpect(header("x-request-id", "abc"))
          .andRespond(withSuccess());

      try (Scope request =
          HeaderLines.extract(TracingPropagation.create(), List.of("x-request-id: abc"))
              .makeCurrent()) {
        ratings.client.get().uri("/1").retrieve().toBodilessEntity();
      }
      server.verify();
    }
  }
}
