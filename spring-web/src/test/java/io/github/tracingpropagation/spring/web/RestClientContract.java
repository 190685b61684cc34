// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.List;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

abstract class RestClientContract extends ClientContract {
  private final ClientHttpRequestFactory factory;

  RestClientContract(ClientHttpRequestFactory factory) {
    this.factory = factory;
  }

  @Override
  protected final int call(TracingPropagation propagation, URI uri, List<String> lines) {
    RestClient.Builder builder =
        RestClient.builder()
            .requestFactory(
                propagation.destinations().includesAll()
                    ? factory
                    : RestClientTracingPropagation.wrapAssumingNoRedirects(factory, propagation));
    return requireNonNull(
        RestClientTracingPropagation.install(builder, propagation)
            .build()
            .get()
            .uri(uri)
            .headers(headers -> add(lines, headers))
            .exchange((request, response) -> response.getStatusCode().value()));
  }
}
