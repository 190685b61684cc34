// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.List;

/**
 * A tracing system that a service mesh reports to, with the headers that carry its trace from one
 * service to the next. Immutable, as every enum.
 *
 * <p>The headers are those that Istio's and Envoy's documentation ask an application to forward,
 * and those of the provider's own clients. {@code x-request-id} belongs to no provider, because it
 * is forwarded whatever the provider is.
 */
public enum TracingProvider {
  /** Zipkin: the B3 headers, {@code x-b3-*} and the single {@code b3}. */
  ZIPKIN(HeaderFamily.B3),

  /** Jaeger: the B3 headers, as a mesh sends them, and {@code uber-trace-id} of its own clients. */
  JAEGER(HeaderFamily.B3, HeaderFamily.JAEGER),

  /** OpenTelemetry and all who speak W3C Trace Context: {@code traceparent}, {@code tracestate}. */
  OPENTELEMETRY(HeaderFamily.W3C),

  /** Datadog: {@code x-datadog-*}. */
  DATADOG(HeaderFamily.DATADOG),

  /**
   * Google Cloud Trace, formerly Stackdriver: {@code x-cloud-trace-context} and {@code
   * grpc-trace-bin}, and W3C and B3, which Envoy can be told to use instead.
   */
  STACKDRIVER(HeaderFamily.CLOUD_TRACE, HeaderFamily.GRPC_TRACE, HeaderFamily.W3C, HeaderFamily.B3),

  /** Apache SkyWalking: {@code sw8}, {@code sw8-x}, {@code sw8-correlation}. */
  SKYWALKING(HeaderFamily.SKYWALKING),

  /** Lightstep: {@code x-ot-span-context}. Istio removed this provider in 1.27. */
  LIGHTSTEP(HeaderFamily.LIGHTSTEP),

  /** AWS X-Ray: {@code x-amzn-trace-id}. */
  XRAY(HeaderFamily.XRAY);

  private final long families;

  TracingProvider(HeaderFamily... families) {
    this.families = HeaderFamily.bits(families);
  }

  /**
   * Returns the names of this provider's headers, in lower case, beside {@code x-request-id}.
   *
   * @return the names, in a fixed order
   */
  public List<String> headers() {
    return Header.KNOWN.stream()
        .filter(header -> (families & header.family()) != 0)
        .map(Header::name)
        .toList();
  }

  /** Returns the bits of this provider's families. */
  long families() {
    return families;
  }
}
