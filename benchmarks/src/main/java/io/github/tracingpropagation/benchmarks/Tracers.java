// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.Tracing;
import brave.baggage.BaggageField;
import brave.baggage.BaggagePropagation;
import brave.baggage.BaggagePropagationConfig.SingleBaggageField;
import brave.handler.MutableSpan;
import brave.handler.SpanHandler;
import brave.propagation.B3Propagation;
import brave.propagation.TraceContext;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.servlet.FilterReading;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.brave.bridge.BraveBaggageManager;
import io.micrometer.tracing.brave.bridge.BraveCurrentTraceContext;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import io.micrometer.tracing.brave.bridge.BraveTracer;
import io.micrometer.tracing.handler.PropagatingReceiverTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.incubator.propagation.PassThroughPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Tracers that propagate B3 and {@code x-request-id}, and drop their spans: what it costs to export
 * one is not measured.
 */
final class Tracers {
  /** One for all: a baggage field belongs to its propagation. */
  static final Tracing BRAVE =
      Tracing.newBuilder()
          .propagationFactory(
              BaggagePropagation.newFactoryBuilder(B3Propagation.FACTORY)
                  .add(SingleBaggageField.remote(BaggageField.create("x-request-id")))
                  .build())
          .addSpanHandler(new Dropping()) // or Brave would log each span
          .build();

  private Tracers() {}

  static TextMapPropagator b3AndRequestId() {
    return TextMapPropagator.composite(
        B3Propagator.injectingMultiHeaders(),
        PassThroughPropagator.create(List.of("x-request-id")));
  }

  static OpenTelemetry openTelemetry() {
    return OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder().build())
        .setPropagators(ContextPropagators.create(b3AndRequestId()))
        .build();
  }

  /** Returns a registry with Brave's tracer; meters are not measured. */
  static ObservationRegistry micrometer() {
    BraveTracer tracer =
        new BraveTracer(
            BRAVE.tracer(),
            new BraveCurrentTraceContext(BRAVE.currentTraceContext()),
            new BraveBaggageManager());
    BravePropagator propagator = new BravePropagator(BRAVE);
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        .observationHandler(new PropagatingSenderTracingObservationHandler<>(tracer, propagator))
        .observationHandler(new PropagatingReceiverTracingObservationHandler<>(tracer, propagator));
    return registry;
  }

  /** Makes current what this library captured. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  static Function<HttpServletRequest, Scope> enterOurs() {
    FilterReading reading = new FilterReading(TracingPropagation.create());
    return inbound -> reading.read(inbound, Context.current()).makeCurrent();
  }

  /** Makes a remote span current, as the parent of the client's. */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes it
  static Function<HttpServletRequest, Scope> enterOpenTelemetry() {
    TextMapPropagator propagator = b3AndRequestId();
    return inbound ->
        propagator.extract(Context.current(), inbound, RequestGetter.INSTANCE).makeCurrent();
  }

  /** Makes a remote span current, as the parent of the client's. */
  static Function<HttpServletRequest, Scope> enterBrave() {
    TraceContext.Extractor<HttpServletRequest> extractor =
        BRAVE.propagation().extractor(HttpServletRequest::getHeader);
    return inbound ->
        BRAVE.currentTraceContext().newScope(extractor.extract(inbound).context())::close;
  }

  private static final class Dropping extends SpanHandler {
    @Override
    public boolean end(TraceContext context, @Nullable MutableSpan span, Cause cause) {
      return false;
    }
  }
}
