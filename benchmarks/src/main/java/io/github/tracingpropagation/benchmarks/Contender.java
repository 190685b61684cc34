// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import brave.Tracing;
import brave.propagation.CurrentTraceContext;
import brave.propagation.TraceContext;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.TracingProvider;
import io.github.tracingpropagation.servlet.FilterReading;
import io.opentelemetry.api.incubator.propagation.PassThroughPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;

/** A way to forward the tracing headers. */
public enum Contender {
  /** Forwards nothing. */
  NOTHING,
  /** Sets what {@link #OURS} would forward, without reading it: what the client alone costs. */
  SETS_ONLY,
  /** The hand-written loop over the names in bookinfo. */
  LOOP_16,
  /** The same for a request that is known to have none of them yet, as this library does. */
  LOOP_16_ADD,
  /** The hand-written loop over {@code x-request-id} and B3. */
  LOOP_6,
  /** OpenTelemetry's {@code PassThroughPropagator} with the names in bookinfo. */
  PASS_THROUGH_16,
  /** The same with {@code x-request-id} and B3. */
  PASS_THROUGH_6,
  /** OpenTelemetry's {@code B3Propagator}, and {@code x-request-id} passed through. */
  B3_PROPAGATOR,
  /** Brave's B3, and {@code x-request-id} as a baggage field. */
  BRAVE,
  /** This library with its defaults: read as its servlet filter does, and forwarded. */
  OURS,
  /** The same through the whole servlet filter, with its wrappers for dispatches and async. */
  OURS_FILTER,
  /** This library with Zipkin's headers alone. */
  OURS_ZIPKIN,
  /** This library: read as its servlet filter does, and forwarded by its adapter of the client. */
  ADAPTER,
  /** OpenTelemetry's library for the client, with B3, and {@code x-request-id} passed through. */
  OPENTELEMETRY_LIBRARY,
  /** Brave's library for the client, with B3, and {@code x-request-id} as a baggage field. */
  BRAVE_LIBRARY,
  /** Micrometer's observation of the client, with Brave as its tracer. */
  MICROMETER_LIBRARY;

  /** Returns whether it is installed in the client. */
  boolean isLibrary() {
    return compareTo(ADAPTER) >= 0;
  }

  <C> Hop<C> hop(Outbound<C> client) {
    TextMapSetter<C> setter = client.setter();
    TextMapSetter<C> adder = client.adder();
    return switch (this) {
      case NOTHING -> (inbound, outbound) -> {};
      case SETS_ONLY -> new SetsOnly<>(setter);
      case LOOP_16 -> loop(Headers.BOOKINFO_NAMES, setter);
      case LOOP_16_ADD -> loop(Headers.BOOKINFO_NAMES, adder);
      case LOOP_6 -> loop(Headers.B3_NAMES, setter);
      case PASS_THROUGH_16 -> propagator(passThrough(Headers.BOOKINFO_NAMES), setter);
      case PASS_THROUGH_6 -> propagator(passThrough(Headers.B3_NAMES), setter);
      case B3_PROPAGATOR -> propagator(Tracers.b3AndRequestId(), setter);
      case BRAVE -> brave(setter);
      case OURS -> ours(TracingPropagation.create(), adder);
      case OURS_FILTER -> new FilterHop<>(adder);
      case OURS_ZIPKIN ->
          ours(TracingPropagation.builder().providers(TracingProvider.ZIPKIN).build(), adder);
      case ADAPTER -> new LibraryHop<>(Tracers.enterOurs());
      case OPENTELEMETRY_LIBRARY -> new LibraryHop<>(Tracers.enterOpenTelemetry());
      case BRAVE_LIBRARY, MICROMETER_LIBRARY -> new LibraryHop<>(Tracers.enterBrave());
    };
  }

  private static TextMapPropagator passThrough(List<String> names) {
    return PassThroughPropagator.create(names);
  }

  static <C> Hop<C> loop(List<String> names, TextMapSetter<C> setter) {
    String[] array = names.toArray(new String[0]);
    return (inbound, outbound) -> {
      for (String name : array) {
        String value = inbound.getHeader(name);
        if (value != null) {
          setter.set(outbound, name, value);
        }
      }
    };
  }

  @SuppressWarnings("try") // a scope is only there to be closed
  static <C> Hop<C> propagator(TextMapPropagator propagator, TextMapSetter<C> setter) {
    return (inbound, outbound) -> {
      Context context = propagator.extract(Context.current(), inbound, RequestGetter.INSTANCE);
      try (Scope scope = context.makeCurrent()) {
        propagator.inject(Context.current(), outbound, setter);
      }
    };
  }

  @SuppressWarnings("try") // a scope is only there to be closed
  static <C> Hop<C> ours(TracingPropagation propagation, TextMapSetter<C> adder) {
    FilterReading reading = new FilterReading(propagation);
    return (inbound, outbound) -> {
      Context context = reading.read(inbound, Context.current());
      try (Scope scope = context.makeCurrent()) {
        propagation.inject(Context.current(), Client.RATINGS, outbound, adder);
      }
    };
  }

  @SuppressWarnings("try") // a scope is only there to be closed
  private static <C> Hop<C> brave(TextMapSetter<C> setter) {
    Tracing tracing = Tracers.BRAVE;
    TraceContext.Extractor<HttpServletRequest> extractor =
        tracing.propagation().extractor(HttpServletRequest::getHeader);
    TraceContext.Injector<C> injector = tracing.propagation().injector(setter::set);
    CurrentTraceContext current = tracing.currentTraceContext();
    return (inbound, outbound) -> {
      TraceContext context = extractor.extract(inbound).context();
      if (context == null) {
        return; // no ids arrived, and Brave injects nothing else; a tracer would begin a trace
      }
      try (CurrentTraceContext.Scope scope = current.newScope(context)) {
        injector.inject(current.get(), outbound);
      }
    };
  }
}
