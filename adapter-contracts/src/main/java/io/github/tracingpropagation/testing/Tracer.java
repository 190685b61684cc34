// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.testing;

import brave.Tracing;
import brave.propagation.B3Propagation;
import brave.propagation.CurrentTraceContext;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.extension.trace.propagation.B3Propagator;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A real tracer that instruments the same client as this library does. */
public abstract sealed class Tracer {
  private final String name;
  private volatile Map<String, String> sent = Map.of();

  private Tracer(String name) {
    this.name = name;
  }

  /** Returns every tracer, with each format that it can send. */
  public static Stream<Tracer> all() {
    return Stream.of(
        new OpenTelemetry("OpenTelemetry b3multi", B3Propagator.injectingMultiHeaders()),
        new OpenTelemetry("OpenTelemetry b3", B3Propagator.injectingSingleHeader()),
        new OpenTelemetry("OpenTelemetry tracecontext", W3CTraceContextPropagator.getInstance()),
        new Brave("Brave b3multi", B3Propagation.Format.MULTI),
        new Brave("Brave b3", B3Propagation.Format.SINGLE));
  }

  /** Makes the span of an inbound request with these headers current until the scope is closed. */
  public abstract Scope receive(List<String> lines);

  /** Starts the span of an outbound call, and returns the headers that the tracer sets for it. */
  public final Map<String, String> call() {
    sent = inject(new TreeMap<>());
    return sent;
  }

  /** Returns the headers of the last call. */
  public final Map<String, String> sent() {
    return sent;
  }

  abstract Map<String, String> inject(Map<String, String> headers);

  @Override
  public final String toString() {
    return name;
  }

  private static final class OpenTelemetry extends Tracer {
    /** With a processor, because the SDK records no spans without one. */
    private final io.opentelemetry.api.trace.Tracer tracer =
        SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(SpanExporter.composite()))
            .build()
            .get("test");

    private final TextMapPropagator propagator;

    OpenTelemetry(String name, TextMapPropagator propagator) {
      super(name);
      this.propagator = propagator;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the caller does
    public Scope receive(List<String> lines) {
      Context context = propagator.extract(Context.current(), lines, HeaderLines.getter());
      return context.with(start(context)).makeCurrent();
    }

    @Override
    Map<String, String> inject(Map<String, String> headers) {
      Context context = Context.current();
      propagator.inject(context.with(start(context)), headers, (to, k, v) -> headers.put(k, v));
      return headers;
    }

    private Span start(Context parent) {
      return tracer.spanBuilder("test").setParent(parent).startSpan();
    }
  }

  private static final class Brave extends Tracer {
    private final Tracing tracing;

    Brave(String name, B3Propagation.Format format) {
      super(name);
      Propagation.Factory factory = B3Propagation.newFactoryBuilder().injectFormat(format).build();
      tracing = Tracing.newBuilder().propagationFactory(factory).build();
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // the caller does
    public Scope receive(List<String> lines) {
      TraceContext.Extractor<List<String>> extractor =
          tracing.propagation().extractor((from, name) -> HeaderLines.getter().get(from, name));
      CurrentTraceContext.Scope scope =
          tracing
              .currentTraceContext()
              .newScope(tracing.tracer().nextSpan(extractor.extract(lines)).context());
      return scope::close;
    }

    @Override
    Map<String, String> inject(Map<String, String> headers) {
      tracing
          .propagation()
          .injector((Map<String, String> to, String name, String value) -> to.put(name, value))
          .inject(tracing.tracer().nextSpan().context(), headers);
      return headers;
    }
  }
}
