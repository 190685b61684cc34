// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Headers that describe one trace together. */
enum Family {
  REQUEST_ID("x-request-id"),
  B3("b3", "x-b3-traceid", "x-b3-spanid", "x-b3-parentspanid", "x-b3-sampled", "x-b3-flags"),
  W3C("traceparent", "tracestate"),
  DATADOG(
      "x-datadog-trace-id",
      "x-datadog-parent-id",
      "x-datadog-sampling-priority",
      "x-datadog-origin",
      "x-datadog-tags"),
  SKYWALKING("sw8", "sw8-x", "sw8-correlation"),
  JAEGER("uber-trace-id"),
  CLOUD_TRACE("x-cloud-trace-context", "grpc-trace-bin"),
  LIGHTSTEP("x-ot-span-context"),
  XRAY("x-amzn-trace-id");

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> headers;

  Family(String... headers) {
    this.headers = List.of(headers);
  }

  List<String> headers() {
    return headers;
  }

  /** Returns the family of a header, or null if it carries no trace. */
  static @Nullable Family of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(values())
        .filter(family -> family.headers.contains(lower))
        .findAny()
        .orElse(null);
  }
}
