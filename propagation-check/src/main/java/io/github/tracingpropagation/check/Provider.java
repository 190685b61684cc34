// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;

/**
 * A tracing provider of a service mesh, and the headers that a service must forward for it beside
 * {@code x-request-id}. Immutable, as every enum.
 *
 * @see <a href="https://istio.io/latest/docs/tasks/observability/distributed-tracing/">Istio:
 *     distributed tracing</a>
 */
public enum Provider {
  /** Zipkin: the B3 headers, {@code x-b3-*} and the single {@code b3}. */
  ZIPKIN(Family.B3),
  /** Jaeger: the B3 headers, as a mesh sends them, and {@code uber-trace-id}. */
  JAEGER(Family.B3, Family.JAEGER),
  /** OpenTelemetry, by W3C Trace Context: {@code traceparent} and {@code tracestate}. */
  OPENTELEMETRY(Family.W3C),
  /** Datadog: {@code x-datadog-*}. */
  DATADOG(Family.DATADOG),
  /** Google Cloud Trace: {@code x-cloud-trace-context} and {@code grpc-trace-bin}. */
  STACKDRIVER(Family.CLOUD_TRACE),
  /** Apache SkyWalking: {@code sw8}, {@code sw8-x} and {@code sw8-correlation}. */
  SKYWALKING(Family.SKYWALKING),
  /** Lightstep: {@code x-ot-span-context}. */
  LIGHTSTEP(Family.LIGHTSTEP),
  /** AWS X-Ray: {@code x-amzn-trace-id}. */
  XRAY(Family.XRAY);

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Family> families;

  Provider(Family... families) {
    this.families = List.of(families);
  }

  /**
   * Returns the names of the headers, in lower case.
   *
   * @return the names, in a fixed order
   */
  public List<String> headers() {
    return families.stream().flatMap(family -> family.headers().stream()).toList();
  }

  List<Family> families() {
    return families;
  }
}
