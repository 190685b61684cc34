// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.TracingProvider;
import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tracers of Envoy that Istio configures, one for each of its providers, and X-Ray's. Threads
 * may share it.
 */
public enum Tracer {
  /** Zipkin, with B3 headers. */
  ZIPKIN("zipkin", TracingProvider.ZIPKIN, "x-b3-traceid"),

  /** Zipkin, with B3 and W3C headers beside each other. */
  ZIPKIN_W3C("zipkin-w3c", TracingProvider.ZIPKIN, "x-b3-traceid", "traceparent"),

  /** Jaeger: Istio configures Envoy's Zipkin tracer, which sends to Jaeger's Zipkin port. */
  JAEGER("zipkin", TracingProvider.JAEGER, "x-b3-traceid"),

  /** OpenTelemetry, with W3C headers. */
  OPENTELEMETRY("opentelemetry", TracingProvider.OPENTELEMETRY, "traceparent"),

  /** Datadog. */
  DATADOG("datadog", TracingProvider.DATADOG, "x-datadog-trace-id"),

  /** Apache SkyWalking. */
  SKYWALKING("skywalking", TracingProvider.SKYWALKING, "sw8"),

  /**
   * Stackdriver. Envoy's tracer for it (OpenCensus) is gone, and Istio's provider with it. Google
   * Cloud takes the spans of the OpenTelemetry tracer instead.
   */
  STACKDRIVER("opentelemetry", TracingProvider.STACKDRIVER, "traceparent"),

  /** AWS X-Ray: an extension of Envoy that Istio does not configure. */
  XRAY("xray", TracingProvider.XRAY, "x-amzn-trace-id");

  /** The second field of a value with dashes. */
  private static final Pattern SECOND = Pattern.compile("[^-]+-([0-9A-Za-z+/=]+)-.*");

  private static final Pattern WHOLE = Pattern.compile("(.+)");

  /** The trace id in a header's value. */
  private static final Map<String, Pattern> ID =
      Map.of(
          "x-b3-traceid", WHOLE,
          "x-datadog-trace-id", WHOLE,
          "traceparent", SECOND,
          "sw8", SECOND,
          "x-amzn-trace-id", Pattern.compile("(?:.*;)?(Root=[^;]+).*"));

  private final String template;
  private final TracingProvider provider;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
  private final List<String> traceIdHeaders;

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

  /** Returns the provider whose headers an application has to forward. */
  public TracingProvider provider() {
    return provider;
  }

  /** Returns the headers that each carry the trace id. */
  public List<String> traceIdHeaders() {
    return traceIdHeaders;
  }

  /**
   * Returns the request's {@code x-request-id} and its trace id in each of the {@link
   * #traceIdHeaders()}, separated by spaces; null if one is missing.
   */
  public @Nullable String ids(ServedRequest request) {
    StringJoiner ids = new StringJoiner(" ");
    ids.add(request.header("x-request-id", ""));
    for (String header : traceIdHeaders) {
      Matcher matcher = requireNonNull(ID.get(header), header).matcher(request.header(header, ""));
      if (!matcher.matches()) {
        return null;
      }
      ids.add(matcher.group(1));
    }
    return ids.toString();
  }

  /** Returns whether the spans are in Zipkin's format, so that the demo's Zipkin can store them. */
  public boolean reportsToZipkin() {
    return template.startsWith("zipkin");
  }

  /** Returns the name of the file with Envoy's configuration of this tracer. */
  String template() {
    return template;
  }

  /** Returns whether spans are sent by gRPC. */
  boolean collectsByGrpc() {
    return template.equals("opentelemetry") || template.equals("skywalking");
  }

  /** Returns whether Istio makes a sidecar report a span for the call of its upstream, too. */
  boolean spawnsUpstreamSpan() {
    return this == SKYWALKING;
  }
}
