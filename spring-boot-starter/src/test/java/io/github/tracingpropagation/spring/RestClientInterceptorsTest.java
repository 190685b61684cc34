// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Downstream;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.client.RestClientCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.client.RestClient;

/** The headers that an interceptor of the application sets are its own, and win per family. */
class RestClientInterceptorsTest {
  private static final ClientHttpRequestInterceptor SETS_B3 =
      (request, body, execution) -> {
        request.getHeaders().set("b3", "0");
        return execution.execute(request, body);
      };

  @EnableAutoConfiguration
  static class WithInterceptor {
    @Bean
    RestClientCustomizer setsB3() {
      return builder -> builder.requestInterceptor(SETS_B3);
    }
  }

  @Test
  @SuppressWarnings("try") // the scope is only closed
  void rule7_headersOfACustomizersInterceptor_win() {
    try (Downstream downstream = Downstream.start();
        ConfigurableApplicationContext application =
            Applications.builder(WithInterceptor.class).web(WebApplicationType.NONE).run();
        Scope request =
            HeaderLines.captured(
                    "x-request-id: mine",
                    "x-b3-traceid: 463ac35c9f6413ad",
                    "x-b3-spanid: 0020000000000001")
                .makeCurrent()) {
      RestClient client = application.getBean(RestClient.Builder.class).build();
      client.get().uri(downstream.uri("/")).retrieve().toBodilessEntity();

      assertThat(downstream.received()).containsExactlyInAnyOrder("x-request-id: mine", "b3: 0");
    }
  }
}
