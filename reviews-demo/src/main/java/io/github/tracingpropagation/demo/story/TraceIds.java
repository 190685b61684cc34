// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.service.ServedRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads from a request's headers which trace it belongs to. */
final class TraceIds {
  private TraceIds() {}

  /**
   * Returns the request's {@code x-request-id} and its trace id in each header of the tracer,
   * separated by spaces; null if one is missing.
   */
  static @Nullable String of(ServedRequest request, Tracer tracer) {
    StringJoiner ids = new StringJoiner(" ");
    ids.add(request.header("x-request-id", ""));
    for (String header : tracer.traceIdHeaders()) {
      String value = request.header(header, "");
      String id = value.isEmpty() ? null : traceId(header, value);
      if (id == null) {
        return null;
      }
      ids.add(id);
    }
    return ids.toString();
  }

  /** Returns the trace id in a header; null if the header has another format. */
  private static @Nullable String traceId(String header, String value) {
    return switch (header) {
      case "x-b3-traceid", "x-datadog-trace-id" -> value;
      case "traceparent" -> field(value, 1);
      case "sw8" -> decoded(field(value, 1));
      case "x-amzn-trace-id" ->
          Arrays.stream(value.split(";", -1))
              .filter(field -> field.startsWith("Root="))
              .findFirst()
              .orElse(null);
      default -> throw new IllegalArgumentException(header);
    };
  }

  private static @Nullable String field(String value, int index) {
    String[] fields = value.split("-", -1);
    return index < fields.length ? fields[index] : null;
  }

  private static @Nullable String decoded(@Nullable String base64) {
    try {
      return base64 == null ? null : new String(Base64.getDecoder().decode(base64), UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
