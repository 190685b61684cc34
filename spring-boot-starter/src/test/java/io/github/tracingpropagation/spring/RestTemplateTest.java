// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.springframework.boot.web.client.RestTemplateBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.RequestEntity;

@DisplayName("RestTemplate")
class RestTemplateTest extends ClientContract {
  @Override
  int call(ConfigurableApplicationContext application, URI uri, List<String> lines) {
    HttpHeaders headers = new HttpHeaders();
    add(lines, headers);
    return application
        .getBean(RestTemplateBuilder.class)
        .build()
        .exchange(new RequestEntity<>(headers, HttpMethod.GET, uri), String.class)
        .getStatusCode()
        .value();
  }
}
