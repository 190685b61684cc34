// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

@DisplayName("WebClient")
class WebClientTest extends ClientContract {
  @Override
  int call(ConfigurableApplicationContext application, URI uri, List<String> lines) {
    return Objects.requireNonNull(
        application
            .getBean(WebClient.Builder.class)
            .build()
            .get()
            .uri(uri)
            .headers(headers -> add(lines, headers))
            .exchangeToMono(response -> Mono.just(response.statusCode().value()))
            .block());
  }
}
