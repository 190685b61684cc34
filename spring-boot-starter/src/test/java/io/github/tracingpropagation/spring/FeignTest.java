// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Feign;
import feign.HeaderMap;
import feign.Request;
import feign.RequestLine;
import feign.RequestTemplate;
import feign.Response;
import io.github.tracingpropagation.Destinations;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NoRedirectContract;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Feign")
class FeignTest extends NoRedirectContract {
  interface Ratings {
    @RequestLine("GET")
    Response get(URI uri, @HeaderMap Map<String, String> headers);
  }

  @Override
  protected int call(TracingPropagation propagation, URI uri, List<String> lines) {
    try (Response response =
        Feign.builder()
            .addCapability(
                new TracingPropagationCapability(
                    new FeignForwarding(propagation), client -> client))
            .target(Ratings.class, "http://unused")
            .get(
                uri,
                lines.stream().collect(Collectors.toMap(HeaderLines::name, HeaderLines::value)))) {
      return response.status();
    }
  }

  /** One of them is a host that is named. */
  @Test
  @SuppressWarnings("try") // the scope is only closed
  void rule8_severalHostHeaders_nothingIsForwarded() {
    TracingPropagation propagation =
        TracingPropagation.builder().forwardTo(Destinations.hosts("127.0.0.1")).build();
    Request request =
        Request.create(
            Request.HttpMethod.GET,
            "http://127.0.0.1",
            Map.of("Host", List.of("127.0.0.1", "example.com")),
            Request.Body.create(new byte[0]),
            new RequestTemplate());

    try (Scope scope = HeaderLines.captured("x-request-id: abc").makeCurrent()) {
      assertThat(new FeignForwarding(propagation).forward(request).headers())
          .containsOnlyKeys("Host");
    }
  }
}
