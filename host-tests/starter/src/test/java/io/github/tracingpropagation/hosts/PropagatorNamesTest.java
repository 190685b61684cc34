// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;

/** Spring Boot's own support of OpenTelemetry finds no propagator by name. The starter forwards. */
@Tag("tracer")
@Tag("opentelemetry")
class PropagatorNamesTest {
  @Test
  void requestIdAsAPropagator_isUnknown_andForwardedAllTheSame() throws Exception {
    Map<String, String> variables = Map.of("OTEL_PROPAGATORS", "tracecontext,x-request-id");
    try (Recorder downstream = new Recorder();
        ApplicationProcess application =
            ApplicationProcess.start(
                ApplicationProcess.Settings.of("propagators").variables(variables),
                downstream.uri())) {
      InboundHeaders request = InboundHeaders.next();
      application.get("/plain/rest-client?id=" + request.id(), request.all()).join();

      assertThat(downstream.take(request.id()))
          .singleElement()
          .satisfies(call -> assertThat(call).containsEntry("x-request-id", request.requestId()));
      assertThat(application.output().contains("Unsupported propagator 'x-request-id'"))
          .as("earlier lines ignore the variable")
          .isEqualTo(SpringBootVersion.getVersion().startsWith("4.1."));
    }
  }
}
