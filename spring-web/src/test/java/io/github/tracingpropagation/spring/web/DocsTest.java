// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** The snippet in README.md. */
class DocsTest {

  @Test
  @SuppressWarnings("try") // the scope is only closed
  void clients_forward() throws IOException {
    TracingPropagation propagation = TracingPropagation.create();

    // docs: spring clients
    RestTemplate template = RestClientTracingPropagation.install(new RestTemplate(), propagation);
    RestClient client =
        RestClientTracingPropagation.install(RestClient.builder(), propagation).build();
    WebClient reactive =
        WebClientTracingPropagation.install(WebClient.builder(), propagation).build();

    // Once forwardTo names hosts, also a request factory that follows no redirect:
    ClientHttpRequestFactory factory =
        RestClientTracingPropagation.wrapAssumingNoRedirects(
            new JdkClientHttpRequestFactory(), propagation);
    RestClient toNamedHosts = RestClient.builder().requestFactory(factory).build();
    // docs: end

    Docs.assertShows("spring clients", DocsTest.class);
    try (Downstream ratings = Downstream.start();
        Scope request = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      URI uri = ratings.uri("/");
      template.getForEntity(uri, String.class);
      client.get().uri(uri).retrieve().toBodilessEntity();
      reactive.get().uri(uri).retrieve().toBodilessEntity().block();
      toNamedHosts.get().uri(uri).retrieve().toBodilessEntity();
      for (int n = 0; n < 4; n++) {
        assertThat(ratings.received(n)).isEqualTo(List.of("x-request-id: abc"));
      }
    }
  }
}
