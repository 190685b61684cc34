// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring.web;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.web.client.RestTemplate;

abstract class RestTemplateContract extends ClientContract {
  private final ClientHttpRequestFactory factory;

  RestTemplateContract(ClientHttpRequestFactory factory) {
    this.factory = factory;
  }

  @Override
  protected final int call(TracingPropagation propagation, URI uri, List<String> lines) {
    RestTemplate template =
        new RestTemplate(
            propagation.destinations().includesAll()
                ? factory
                : RestClientTracingPropagation.wrapAssumingNoRedirects(factory, propagation));
    HttpHeaders headers = new HttpHeaders();
    add(lines, headers);
    return RestClientTracingPropagation.install(template, propagation)
        .exchange(new RequestEntity<>(headers, HttpMethod.GET, uri), String.class)
        .getStatusCode()
        .value();
  }
}
