// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/**
 * Beside OpenTelemetry's library for this client; {@link TracedJdkHttpTest} has the right order.
 */
class OpenTelemetryTest {
  @Test
  void rule12_wrapOfOpenTelemetrysClient_throws() {
    HttpClient traced =
        JavaHttpClientTelemetry.builder(OpenTelemetry.noop())
            .build()
            .newHttpClient(HttpClient.newHttpClient());

    assertThatThrownBy(() -> JdkHttpTracingPropagation.wrap(traced))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "client: \""
                + traced.getClass().getName()
                + "\" fails on headers that are already set; allowed: the JDK's client. Wrap that"
                + " with JdkHttpTracingPropagation first, and the result with OpenTelemetry");
  }
}
