// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The tracing headers of one inbound request, which no other request has. */
record InboundHeaders(long number) {
  /** In each trace id, so that a trace of the application's own tracer can be told from ours. */
  private static final String PREFIX = "feedfeedfeedfeed";

  private static final AtomicLong NUMBERS = new AtomicLong(0x1000);

  static InboundHeaders next() {
    return new InboundHeaders(NUMBERS.incrementAndGet());
  }

  /** Returns the path of the call downstream, which tells the requests apart. */
  String id() {
    return "call-" + number;
  }

  String requestId() {
    return "request-" + number;
  }

  String traceId() {
    return PREFIX + spanId();
  }

  private String spanId() {
    return String.format("%016x", number);
  }

  Map<String, String> all() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("x-request-id", requestId());
    all.put("x-b3-traceid", traceId());
    all.put("x-b3-spanid", spanId());
    all.put("x-b3-sampled", "1");
    all.put("traceparent", "00-" + traceId() + "-" + spanId() + "-01");
    all.put("x-datadog-trace-id", Long.toString(number));
    all.put("x-datadog-parent-id", Long.toString(number));
    return all;
  }

  /** Returns whether a value of {@code traceparent} or {@code b3} names a trace of any request. */
  static boolean isInbound(String trace) {
    return trace != null && trace.contains(PREFIX);
  }

  /** Returns whether a value is the {@code traceparent} of any request, not a span of a tracer. */
  static boolean isCaptured(String value) {
    return isInbound(value) && value.matches("00-\\w{16}(\\w{16})-\\1-01");
  }

  /** Reads a map of headers. */
  record Getter() implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> headers) {
      return headers.keySet();
    }

    @Override
    public String get(Map<String, String> headers, String name) {
      return headers.get(name);
    }
  }
}
