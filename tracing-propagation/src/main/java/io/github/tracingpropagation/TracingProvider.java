// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.List;
import java.util.Set;

/**
 * A tracing system that a service mesh reports to, with the headers that carry its trace from one
 * service to the next. Immutable, so any number of threads may share it.
 *
 * <p>The headers are those that the documentation of Istio and Envoy tells an application to
 * forward, and those of the provider's own clients. {@code x-request-id} belongs to no provider,
 * because it is always forwarded.
 */
public enum TracingProvider {
  /** Zipkin: the B3 headers, {@code x-b3-*} and the single {@code b3}. */
  ZIPKIN(HeaderFamily.B3),

  /** Jaeger: the B3 headers, as a mesh sends them, and {@code uber-trace-id} of its own clients. */
  JAEGER(HeaderFamily.B3, HeaderFamily.JAEGER),

  /**
   * OpenTelemetry and any other tracer with W3C Trace Context: {@code traceparent}, {@code
   * tracestate}.
   */
  OPENTELEMETRY(HeaderFamily.W3C),

  /** Datadog: {@code x-datadog-*}. */
  DATADOG(HeaderFamily.DATADOG),

  /**
   * Google Cloud Trace, formerly Stackdriver: {@code x-cloud-trace-context} and {@code
   * grpc-trace-bin}, and W3C and B3, which Envoy can be configured to use instead.
   */
  STACKDRIVER(HeaderFamily.CLOUD_TRACE, HeaderFamily.GRPC_TRACE, HeaderFamily.W3C, HeaderFamily.B3),

  /** Apache SkyWalking: {@code sw8}, {@code sw8-x}, {@code sw8-correlation}. */
  SKYWALKING(HeaderFamily.SKYWALKING),

  /** Lightstep: {@code x-ot-span-context}. Istio removed this provider in 1.27. */
  LIGHTSTEP(HeaderFamily.LIGHTSTEP),

  /** AWS X-Ray: {@code x-amzn-trace-id}. */
  XRAY(HeaderFamily.XRAY);

  @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
  private final Set<HeaderFamily> families;

  TracingProvider(HeaderFamily... families) {
    this.families = Set.of(families);
  }

  /**
   * Returns the names of this provider's headers, in lower case, without {@code x-request-id}.
   *
   * @return the names, in a fixed order
   */
  public List<String> headers() {
    return Header.namesOf(families);
  }

  Set<HeaderFamily> families() {
    return families;
  }
}
