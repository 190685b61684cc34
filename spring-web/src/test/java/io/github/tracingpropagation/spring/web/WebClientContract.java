// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.List;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

abstract class WebClientContract extends ClientContract {
  private final ClientHttpConnector connector;

  WebClientContract(ClientHttpConnector connector) {
    this.connector = connector;
  }

  @Override
  protected final int call(TracingPropagation propagation, URI uri, List<String> lines) {
    WebClient.Builder builder =
        WebClient.builder()
            .clientConnector(
                propagation.destinations().includesAll()
                    ? connector
                    : WebClientTracingPropagation.wrapAssumingNoRedirects(connector, propagation));
    return requireNonNull(
        WebClientTracingPropagation.install(builder, propagation)
            .build()
            .get()
            .uri(uri)
            .headers(headers -> add(lines, headers))
            .exchangeToMono(response -> Mono.just(response.statusCode().value()))
            .block());
  }
}
