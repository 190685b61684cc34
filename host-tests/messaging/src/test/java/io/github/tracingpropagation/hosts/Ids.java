// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;

/** The request ids of many requests, of which each fifth has none. */
final class Ids {
  /** What {@link #current} returns in a request without an id. */
  static final String NONE = "none";

  /** What {@link #current} returns where no request is known. */
  static final String UNKNOWN = "unknown";

  /** A request of which a tracer writes one family itself. */
  static final Map<String, String> TRACED =
      Map.of(
          "x-request-id", "a",
          "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
          "tracestate", "of=ours",
          "b3", "1");

  private Ids() {}

  static String of(int request) {
    return request % 5 == 0 ? NONE : "id-" + request;
  }

  /** Returns the headers of a request with this id. */
  static CapturedHeaders captured(String id) {
    return captured(Map.of("x-request-id", id));
  }

  static CapturedHeaders captured(Map<String, String> headers) {
    return TracingPropagation.create()
        .capture(
            InboundHeaders.of(
                headers.entrySet().stream()
                    .map(header -> Map.entry(header.getKey(), List.of(header.getValue())))
                    .toList()));
  }

  /** Runs work in a request with this id. */
  static void inRequest(String id, Runnable work) {
    inRequest(Map.of("x-request-id", id), work);
  }

  static void inRequest(Map<String, String> headers, Runnable work) {
    captured(headers).storeInContext(Context.root()).wrap(work).run();
  }

  /** Returns the id of the request to which the running code belongs. */
  static String current() {
    CapturedHeaders captured = CapturedHeaders.find(Context.current());
    if (captured == null) {
      return UNKNOWN;
    }
    return captured.requestId() == null ? NONE : captured.requestId();
  }
}
