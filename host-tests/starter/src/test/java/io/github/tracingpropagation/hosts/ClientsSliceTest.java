// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.client.MockRestServiceServer;
import org.springframework.web.client.RestClient;

/** A test of the application's clients alone. */
@SliceOfClients
@ContextConfiguration(classes = ClientsSliceTest.Sliced.class)
@Import(ClientsSliceTest.Ratings.class)
class ClientsSliceTest {
  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Set<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String name) {
          return carrier.get(name);
        }
      };

  @SpringBootConfiguration
  static class Sliced {}

  static class Ratings {
    private final RestClient client;

    Ratings(RestClient.Builder builder) {
      client = builder.baseUrl("http://ratings").build();
    }
  }

  @Test
  void mockServer_receivesTheHeaders(
      @Autowired TracingPropagation propagation,
      @Autowired Ratings ratings,
      @Autowired MockRestServiceServer server) {
    Map<String, String> headers = Map.of("x-request-id", "abc");
    server
        .expect(requestTo("http://ratings/1"))
        .andExpect(header("x-request-id", "abc"))
        .andRespond(withSuccess());

    try (Scope scope = propagation.extract(Context.root(), headers, GETTER).makeCurrent()) {
      ratings.client.get().uri("/1").retrieve().toBodilessEntity();
    }
    server.verify();
  }
}
