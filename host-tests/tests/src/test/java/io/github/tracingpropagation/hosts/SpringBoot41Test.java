// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.check.Rule;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

class SpringBoot41Test extends SpringBootContract {
  @Override
  String version() {
    return "4.1";
  }

  /** It continues the trace of the first line, and leaves out the second one of tracestate. */
  @Override
  List<Rule> brokenByTracer(Way way) {
    return way.registered().contains("RestClient") ? List.of(Rule.REPEATED) : List.of();
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
