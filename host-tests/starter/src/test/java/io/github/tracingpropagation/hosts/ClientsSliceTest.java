// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.springframework.test.web.client.match.MockRestRequestMatchers.header;
import static org.springframework.test.web.client.match.MockRestRequestMatchers.requestTo;
import static org.springframework.test.web.client.response.MockRestResponseCreators.withSuccess;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Map;
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
    Context captured = propagation.extract(Context.root(), headers, new InboundHeaders.Getter());
    server
        .expect(requestTo("http://ratings/1"))
        .andExpect(header("x-request-id", "abc"))
        .andRespond(withSuccess());

    try (Scope scope = captured.makeCurrent()) {
      ratings.client.get().uri("/1").retrieve().toBodilessEntity();
    }
    server.verify();
  }
}
