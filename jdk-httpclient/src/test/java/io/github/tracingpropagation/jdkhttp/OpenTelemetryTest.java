// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jdkhttp;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.testing.OpenTelemetryLibraryContract;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.javahttpclient.JavaHttpClientTelemetry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;

/** Beside OpenTelemetry's library for this client, which must be around ours. */
class OpenTelemetryTest extends OpenTelemetryLibraryContract {
  @Override
  protected void call(TracingPropagation propagation, OpenTelemetry telemetry, URI uri)
      throws IOException, InterruptedException {
    HttpClient client = JdkHttpTracingPropagation.wrap(HttpClient.newHttpClient(), propagation);
    traced(telemetry, client).send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
  }

  @Test
  void rule12_wrapOfOpenTelemetrysClient_throws() {
    HttpClient traced = traced(OpenTelemetry.noop(), HttpClient.newHttpClient());

    assertThatThrownBy(() -> JdkHttpTracingPropagation.wrap(traced))
        .isInstanceOf(InvalidSettingException.class)
        .hasMessage(
            "client: \""
                + traced.getClass().getName()
                + "\" fails on headers that are already set; allowed: the JDK's client. Wrap that"
                + " with JdkHttpTracingPropagation first, and the result with OpenTelemetry");
  }

  private static HttpClient traced(OpenTelemetry telemetry, HttpClient client) {
    return JavaHttpClientTelemetry.builder(telemetry).build().newHttpClient(client);
  }
}
