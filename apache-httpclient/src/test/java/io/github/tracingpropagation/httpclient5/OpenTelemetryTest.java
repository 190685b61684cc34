// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.OpenTelemetryLibraryContract;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.apachehttpclient.v5_2.ApacheHttpClientTelemetry;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Beside OpenTelemetry's library, which makes the builder, and has no asynchronous client. */
class OpenTelemetryTest extends OpenTelemetryLibraryContract {
  @Override
  protected void call(TracingPropagation propagation, OpenTelemetry telemetry, URI uri)
      throws IOException {
    HttpClientBuilder traced = ApacheHttpClientTelemetry.create(telemetry).newHttpClientBuilder();
    ApacheHttpTracingPropagation.install(traced, propagation);
    assertThat(Clients.get(traced.build(), uri, List.of())).isEqualTo(200);
  }
}
