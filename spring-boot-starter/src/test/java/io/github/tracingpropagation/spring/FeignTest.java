// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import feign.Feign;
import feign.HeaderMap;
import feign.RequestLine;
import feign.Response;
import io.github.tracingpropagation.testing.HeaderLines;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.springframework.context.ConfigurableApplicationContext;

@DisplayName("Feign")
class FeignTest extends ClientContract {
  interface Ratings {
    @RequestLine("GET")
    Response get(URI uri, @HeaderMap Map<String, String> headers);
  }

  @Override
  int call(ConfigurableApplicationContext application, URI uri, List<String> lines) {
    try (Response response =
        Feign.builder()
            .addCapability(application.getBean(TracingPropagationCapability.class))
            .target(Ratings.class, "http://unused")
            .get(
                uri,
                lines.stream().collect(Collectors.toMap(HeaderLines::name, HeaderLines::value)))) {
      return response.status();
    }
  }
}
