// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.CapturedHeaders;
import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.HeaderLines;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Runs code as if in a request. */
final class Requests {
  private Requests() {}

  /** Returns the request id that is current, or "nothing". */
  static String seen() {
    return Objects.requireNonNullElse(CapturedHeaders.current().requestId(), "nothing");
  }

  @SuppressWarnings("try") // the scope is only closed
  static <T> T inRequest(String id, Callable<T> task) throws Exception {
    List<String> lines = List.of("x-request-id: " + id);
    try (Scope request = HeaderLines.extract(TracingPropagation.create(), lines).makeCurrent()) {
      return task.call();
    }
  }
}
