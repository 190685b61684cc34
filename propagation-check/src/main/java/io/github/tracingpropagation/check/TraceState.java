// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import org.jspecify.annotations.Nullable;

/**
 * What a header says about the trace, for the two families in which tracers write spans of their
 * own.
 *
 * @param traceId the trace id in lower case, or null
 * @param sampled the decision, or null if there is none
 */
record TraceState(@Nullable String traceId, @Nullable Boolean sampled) {
  private static final TraceState NONE = new TraceState(null, null);

  /** Returns the state of a header; lenient, since values may be malformed. */
  static TraceState of(String name, String value) {
    String text = value.toLowerCase(java.util.Locale.ROOT);
    return switch (name) {
      case "x-b3-traceid" -> new TraceState(text, null);
      case "x-b3-sampled" -> new TraceState(null, decision(text));
      case "x-b3-flags" -> new TraceState(null, text.equals("1") ? true : null);
      case "b3" -> b3(text);
      case "traceparent" -> traceparent(text);
      default -> NONE;
    };
  }

  private static TraceState b3(String text) {
    String[] fields = text.split("-", -1);
    return fields.length == 1
        ? new TraceState(null, decision(text))
        : new TraceState(fields[0], fields.length > 2 ? decision(fields[2]) : null);
  }

  private static TraceState traceparent(String text) {
    String[] fields = text.split("-", -1);
    if (fields.length < 4 || fields[3].length() != 2) {
      return NONE;
    }
    int flags = Character.digit(fields[3].charAt(1), 16);
    return new TraceState(fields[1], (flags & 1) == 1);
  }

  private static @Nullable Boolean decision(String text) {
    return switch (text) {
      case "1", "d", "true" -> true;
      case "0", "false" -> false;
      default -> null;
    };
  }
}
