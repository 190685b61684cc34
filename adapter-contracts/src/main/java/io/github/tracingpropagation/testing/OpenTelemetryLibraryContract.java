// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rule 7 beside OpenTelemetry's own library, with an SDK, on the same client. */
@SuppressWarnings("try") // a scope is only there to be closed
public abstract class OpenTelemetryLibraryContract {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final List<String> W3C =
      List.of("traceparent: 00-" + TRACE + "-" + PARENT + "-01", "tracestate: a=1");
  private static final List<String> OTHERS =
      List.of(
          "x-request-id: 2fa3ab2b-7a0e-9aa4-8a5d-3f2b8a1f0c11",
          "b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1",
          "sw8: 1-MjI0-MTEx-3-cmV2-aW5z-L3Jl-OTA4MA==");

  private final Downstream ratings = Downstream.start();

  /** Makes one call with a new client that both instrument. */
  protected abstract void call(TracingPropagation propagation, OpenTelemetry telemetry, URI uri)
      throws Exception;

  @AfterEach
  void stopRatings() {
    ratings.close();
  }

  @Test
  void rule7_openTelemetrysLibrary_itsTraceAndTheOtherHeadersLeave() throws Exception {
    TracingPropagation propagation = TracingPropagation.create();
    List<String> lines = new ArrayList<>(OTHERS);
    lines.addAll(W3C);
    Context captured = HeaderLines.extract(propagation, lines);
    Context inbound = HeaderLines.extract(W3CTraceContextPropagator.getInstance(), captured, W3C);
    SdkTracerProvider tracers = SdkTracerProvider.builder().build();
    try (tracers;
        Scope request = inbound.makeCurrent()) {
      call(propagation, new Sdk(tracers), ratings.uri("/ratings/0"));
    }

    List<String> received = ratings.received();
    assertThat(received).containsAll(OTHERS).contains(W3C.get(1));
    assertThat(received)
        .filteredOn(line -> line.startsWith("traceparent: "))
        .singleElement()
        .asString()
        .startsWith("traceparent: 00-" + TRACE)
        .doesNotContain(PARENT);
    assertThat(received).hasSize(OTHERS.size() + W3C.size());
  }

  /** The rest of the SDK needs another release of OpenTelemetry than some libraries. */
  private record Sdk(TracerProvider getTracerProvider) implements OpenTelemetry {
    @Override
    public ContextPropagators getPropagators() {
      return ContextPropagators.create(W3CTraceContextPropagator.getInstance());
    }
  }
}
