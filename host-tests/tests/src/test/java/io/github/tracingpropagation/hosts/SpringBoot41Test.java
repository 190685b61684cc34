// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class SpringBoot41Test extends SpringBootContract {
  @Override
  String version() {
    return "4.1";
  }

  @Test
  @Order(2)
  void libraryBean_isNotAPropagatorOfSpringBootsTracer() throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri("/tracer/fields")).build();

    assertThat(
            HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body())
        .contains("\"traceparent\"")
        .doesNotContain("x-request-id", "x-datadog", "sw8");
  }
}
