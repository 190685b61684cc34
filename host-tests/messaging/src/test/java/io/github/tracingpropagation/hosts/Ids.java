// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InboundHeaders;
import java.util.List;
import java.util.Map;

/** The request ids of many requests, of which each fifth has none. */
final class Ids {
  static final String NONE = "none";

  private Ids() {}

  static String of(int request) {
    return request % 5 == 0 ? NONE : "id-" + request;
  }

  /** Returns the headers of a request with this id. */
  static CapturedHeaders captured(String id) {
    return TracingPropagation.create()
        .capture(InboundHeaders.of(Map.of("x-request-id", List.of(id)).entrySet()));
  }

  /** Returns the id of the request to which the running code belongs. */
  static String current() {
    String id = CapturedHeaders.current().requestId();
    return id == null ? NONE : id;
  }
}
