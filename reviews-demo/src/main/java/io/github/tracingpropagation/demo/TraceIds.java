// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static java.util.Objects.requireNonNull;

import io.github.tracingpropagation.demo.bookinfo.ServedRequest;
import io.github.tracingpropagation.demo.mesh.Tracer;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads from a request's headers which trace it belongs to. */
final class TraceIds {
  /** The second field of a value with dashes. */
  private static final Pattern SECOND = Pattern.compile("[^-]+-([0-9A-Za-z+/=]+)-.*");

  private static final Pattern ALL = Pattern.compile("(.+)");
  private static final Map<String, Pattern> ID =
      Map.of(
          "x-b3-traceid", ALL,
          "x-datadog-trace-id", ALL,
          "traceparent", SECOND,
          "sw8", SECOND,
          "x-amzn-trace-id", Pattern.compile("(?:.*;)?(Root=[^;]+).*"));

  private TraceIds() {}

  /**
   * Returns the request's {@code x-request-id} and its trace id in each header of the tracer,
   * separated by spaces; null if one is missing.
   */
  static @Nullable String of(ServedRequest request, Tracer tracer) {
    StringJoiner ids = new StringJoiner(" ");
    ids.add(request.header("x-request-id", ""));
    for (String header : tracer.traceIdHeaders()) {
      Matcher matcher = requireNonNull(ID.get(header), header).matcher(request.header(header, ""));
      if (!matcher.matches()) {
        return null;
      }
      ids.add(matcher.group(1));
    }
    return ids.toString();
  }
}
