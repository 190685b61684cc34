// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;

@DisplayName("RestClient")
class RestClientTest extends ClientContract {
  @Override
  int call(ConfigurableApplicationContext application, URI uri, List<String> lines) {
    return requireNonNull(
        application
            .getBean(RestClient.Builder.class)
            .build()
            .get()
            .uri(uri)
            .headers(headers -> add(lines, headers))
            .exchange((request, response) -> response.getStatusCode().value()));
  }
}
