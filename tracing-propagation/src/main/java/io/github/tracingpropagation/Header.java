// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static io.github.tracingpropagation.HeaderFamily.B3;
import static io.github.tracingpropagation.HeaderFamily.BAGGAGE;
import static io.github.tracingpropagation.HeaderFamily.CLOUD_TRACE;
import static io.github.tracingpropagation.HeaderFamily.DATADOG;
import static io.github.tracingpropagation.HeaderFamily.GRPC_TRACE;
import static io.github.tracingpropagation.HeaderFamily.JAEGER;
import static io.github.tracingpropagation.HeaderFamily.LIGHTSTEP;
import static io.github.tracingpropagation.HeaderFamily.SKYWALKING;
import static io.github.tracingpropagation.HeaderFamily.W3C;
import static io.github.tracingpropagation.HeaderFamily.XRAY;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One header: its name, the family it belongs to, and which values of it are worth forwarding.
 *
 * @param name in lower case, as it is sent
 * @param family the bit of a {@link HeaderFamily}, or one of its own beyond theirs
 * @param repeats what becomes of several lines
 * @param format what a usable value looks like
 * @param needs the header without which this one means nothing, or null
 */
record Header(
    String name, long family, Repeats repeats, HeaderFormat format, @Nullable String needs) {

  /** What becomes of a header that arrives on several lines. */
  enum Repeats {
    /** The first value wins, as B3 asks. */
    FIRST,
    /** The lines are one list, as W3C asks for {@code tracestate} and {@code baggage}. */
    JOIN,
    /** None of them can be trusted, as W3C asks for {@code traceparent}. */
    DROP
  }

  static final String REQUEST_ID = "x-request-id";

  /** Every header that the library knows by itself. Here, and nowhere else, stand their names. */
  static final List<Header> KNOWN =
      List.of(
          opaque(REQUEST_ID, HeaderFamily.REQUEST_ID),
          checked("b3", B3, HeaderFormat.B3),
          // The trace and span ids need one another, and a span's parent needs both.
          checked("x-b3-traceid", B3, HeaderFormat.B3_TRACE_ID).needing("x-b3-spanid"),
          checked("x-b3-spanid", B3, HeaderFormat.B3_SPAN_ID).needing("x-b3-traceid"),
          checked("x-b3-parentspanid", B3, HeaderFormat.B3_PARENT).needing("x-b3-traceid"),
          checked("x-b3-sampled", B3, HeaderFormat.B3_SAMPLED),
          checked("x-b3-flags", B3, HeaderFormat.UNSIGNED),
          checked("traceparent", W3C, HeaderFormat.TRACEPARENT).repeated(Repeats.DROP),
          opaque("tracestate", W3C).repeated(Repeats.JOIN).needing("traceparent"),
          opaque("baggage", BAGGAGE).repeated(Repeats.JOIN),
          checked("x-datadog-trace-id", DATADOG, HeaderFormat.UNSIGNED),
          checked("x-datadog-parent-id", DATADOG, HeaderFormat.UNSIGNED)
              .needing("x-datadog-trace-id"),
          checked("x-datadog-sampling-priority", DATADOG, HeaderFormat.INTEGER),
          opaque("x-datadog-origin", DATADOG),
          opaque("x-datadog-tags", DATADOG),
          opaque("sw8", SKYWALKING),
          opaque("sw8-x", SKYWALKING),
          opaque("sw8-correlation", SKYWALKING),
          opaque("uber-trace-id", JAEGER),
          opaque("x-cloud-trace-context", CLOUD_TRACE),
          opaque("grpc-trace-bin", GRPC_TRACE),
          opaque("x-ot-span-context", LIGHTSTEP),
          opaque("x-amzn-trace-id", XRAY));

  /** A header that is a family of its own. */
  static Header additional(String name, long family) {
    return new Header(name, family, Repeats.FIRST, HeaderFormat.PRINTABLE, null);
  }

  private static Header opaque(String name, HeaderFamily family) {
    return additional(name, family.bit());
  }

  private static Header checked(String name, HeaderFamily family, HeaderFormat format) {
    return new Header(name, family.bit(), Repeats.FIRST, format, null);
  }

  private Header needing(String other) {
    return new Header(name, family, repeats, format, other);
  }

  private Header repeated(Repeats policy) {
    return new Header(name, family, policy, format, needs);
  }
}
