// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The headers that arrive, and the names that hand-written code looks up. */
final class Headers {
  /** What a sidecar tells about a request, beside its trace. */
  static final Map<String, String> ENVELOPE =
      fields(
          """
          host: reviews:9080
          user-agent: python-requests/2.32.3
          accept: application/json
          x-forwarded-proto: http
          x-envoy-attempt-count: 1
          x-forwarded-client-cert: By=spiffe://cluster.local/ns/default/sa/bookinfo-reviews
          """);

  /** What it tells about its trace, with {@code x-request-id}. */
  static final Map<String, String> ZIPKIN =
      fields(
          """
          x-request-id: 0b6f4c1e-3d5a-9f7e-8c21-5a4b3c2d1e0f
          x-b3-traceid: 80f198ee56343ba864fe8b2a57d3eff7
          x-b3-spanid: e457b5a2e4d86bd1
          x-b3-parentspanid: 05e3ac9a4f6e3b90
          x-b3-sampled: 1
          x-b3-flags: 0
          """);

  /** The headers of the other providers. */
  static final Map<String, String> OTHER_PROVIDERS =
      fields(
          """
          b3: 80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-1-05e3ac9a4f6e3b90
          traceparent: 00-80f198ee56343ba864fe8b2a57d3eff7-e457b5a2e4d86bd1-01
          tracestate: rojo=00f067aa0ba902b7
          x-datadog-trace-id: 7277407061855694839
          x-datadog-parent-id: 16453819474850114513
          x-datadog-sampling-priority: 1
          x-datadog-origin: rum
          x-datadog-tags: _dd.p.dm=-1
          sw8: 1-MQ==-Mg==-3-c2VydmljZQ==-aW5zdA==-L2FwaQ==-aG9zdA==
          sw8-x: 0-1700000000000
          sw8-correlation: dXNlcg==:MQ==
          uber-trace-id: 80f198ee56343ba864fe8b2a57d3eff7:e457b5a2e4d86bd1:0:1
          x-cloud-trace-context: 105445aa7843bc8bf206b12000100000/1;o=1
          grpc-trace-bin: AAAR/3BiHF2GoJsmAHHJjj3XAQDx/3BiHF2GogECAg==
          x-ot-span-context: 80f198ee56343ba8;e457b5a2e4d86bd1;1
          x-amzn-trace-id: Root=1-67891233-abcdef012345678912345678
          """);

  /** The six that Zipkin needs. */
  static final List<String> B3_NAMES = List.copyOf(ZIPKIN.keySet());

  /** The tracing headers in the list of Istio's bookinfo (reviews, in Java), and {@code b3}. */
  static final List<String> BOOKINFO_NAMES =
      List.of(
          "x-request-id",
          "x-ot-span-context",
          "x-datadog-trace-id",
          "x-datadog-parent-id",
          "x-datadog-sampling-priority",
          "traceparent",
          "tracestate",
          "x-cloud-trace-context",
          "grpc-trace-bin",
          "sw8",
          "x-b3-traceid",
          "x-b3-spanid",
          "x-b3-parentspanid",
          "x-b3-sampled",
          "x-b3-flags",
          "b3");

  private Headers() {}

  /** Adds headers that nobody watches, until there are so many. */
  static Map<String, String> filledUp(Map<String, String> headers, int total) {
    Map<String, String> filled = new LinkedHashMap<>(headers);
    for (int i = filled.size(); i < total; i++) {
      filled.put("x-application-header-" + i, "value of header " + i);
    }
    return filled;
  }

  static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
    Map<String, String> merged = new LinkedHashMap<>(first);
    merged.putAll(second);
    return merged;
  }

  /** Returns a request of HTTP/1.1 with these headers and no others. */
  static byte[] request(String path, Map<String, String> headers) {
    StringBuilder head = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name + ": " + value + "\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static Map<String, String> fields(String lines) {
    Map<String, String> fields = new LinkedHashMap<>();
    lines.lines().forEach(l -> fields.put(l.split(": ", 2)[0], l.split(": ", 2)[1]));
    return fields;
  }
}
