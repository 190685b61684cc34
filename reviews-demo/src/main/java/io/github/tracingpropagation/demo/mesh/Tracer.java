// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import com.linecorp.armeria.common.RequestHeaders;
import io.github.tracingpropagation.TracingProvider;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The tracers of Envoy that Istio configures, one for each of its providers, and X-Ray's. Threads
 * may share it.
 */
public enum Tracer {
  ZIPKIN("zipkin", TracingProvider.ZIPKIN, "x-b3-traceid"),

  /** With B3 and W3C headers beside each other. */
  ZIPKIN_W3C("zipkin-w3c", TracingProvider.ZIPKIN, "x-b3-traceid", "traceparent"),

  /** Istio configures Envoy's Zipkin tracer, which sends to Jaeger's Zipkin port. */
  JAEGER("zipkin", TracingProvider.JAEGER, "x-b3-traceid"),

  OPENTELEMETRY("opentelemetry", TracingProvider.OPENTELEMETRY, "traceparent"),
  DATADOG("datadog", TracingProvider.DATADOG, "x-datadog-trace-id"),
  SKYWALKING("skywalking", TracingProvider.SKYWALKING, "sw8"),

  /** Its tracer (OpenCensus) is gone; Google Cloud takes OpenTelemetry's spans instead. */
  STACKDRIVER("opentelemetry", TracingProvider.STACKDRIVER, "traceparent"),

  /** An extension of Envoy that Istio does not configure. */
  XRAY("xray", TracingProvider.XRAY, "x-amzn-trace-id");

  public final TracingProvider provider;

  /** Each of them carries the trace id. */
  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  public final List<String> traceIdHeaders;

  final String template;

  Tracer(String template, TracingProvider provider, String... traceIdHeaders) {
    this.template = template;
    this.provider = provider;
    this.traceIdHeaders = List.of(traceIdHeaders);
  }

  /** Returns the option's value, such as {@code zipkin-w3c}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Returns the request's {@code x-request-id} and its trace id in each of the {@link
   * #traceIdHeaders}, separated by spaces; null if one is missing.
   */
  public @Nullable String ids(RequestHeaders request) {
    List<String> ids = traceIdHeaders.stream().map(it -> id(it, request.get(it, ""))).toList();
    return ids.contains("") ? null : request.get("x-request-id", "") + " " + String.join(" ", ids);
  }

  /** Returns the trace id in a header's value; empty if there is none. */
  private static String id(String header, String value) {
    String[] fields = value.split("-", -1);
    return switch (header) {
      case "traceparent", "sw8" -> fields.length > 2 ? fields[1] : "";
      case "x-amzn-trace-id" ->
          Stream.of(value.split(";")).filter(it -> it.startsWith("Root=")).findAny().orElse("");
      default -> value;
    };
  }

  /** Returns whether the spans are in Zipkin's format, so that the demo's Zipkin can store them. */
  public boolean reportsToZipkin() {
    return template.startsWith("zipkin");
  }

  boolean collectsByGrpc() {
    return template.equals("opentelemetry") || template.equals("skywalking");
  }
}
