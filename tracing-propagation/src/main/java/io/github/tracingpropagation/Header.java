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

import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One header: its name, its family, how repeated lines are treated, and which values are valid.
 * Immutable.
 *
 * @param name in lower case, as it is sent
 * @param family null for an additional header, which is a family of its own
 * @param repeats how several lines are treated
 * @param format which values are valid
 * @param requires the header without which this one is not forwarded, or null
 */
record Header(
    String name,
    @Nullable HeaderFamily family,
    Repeats repeats,
    HeaderFormat format,
    @Nullable String requires) {

  /** How a header on several lines is treated. */
  enum Repeats {
    /** The first value is used, as the B3 specification says. */
    FIRST,
    /** The lines are joined, as W3C says for {@code tracestate} and {@code baggage}. */
    JOIN,
    /** All lines are dropped, as W3C says for {@code traceparent}. */
    DROP
  }

  static final String REQUEST_ID = "x-request-id";

  /** The known headers. The only place in the library that contains their names. */
  static final List<Header> KNOWN =
      List.of(
          opaque(REQUEST_ID, HeaderFamily.REQUEST_ID),
          checked("b3", B3, HeaderFormat.B3),
          // The trace and span ids require each other; the parent id requires both, indirectly.
          checked("x-b3-traceid", B3, HeaderFormat.B3_TRACE_ID).requiring("x-b3-spanid"),
          checked("x-b3-spanid", B3, HeaderFormat.B3_SPAN_ID).requiring("x-b3-traceid"),
          checked("x-b3-parentspanid", B3, HeaderFormat.B3_PARENT).requiring("x-b3-traceid"),
          checked("x-b3-sampled", B3, HeaderFormat.B3_SAMPLED),
          checked("x-b3-flags", B3, HeaderFormat.UNSIGNED),
          checked("traceparent", W3C, HeaderFormat.TRACEPARENT).repeated(Repeats.DROP),
          opaque("tracestate", W3C).repeated(Repeats.JOIN).requiring("traceparent"),
          opaque("baggage", BAGGAGE).repeated(Repeats.JOIN),
          checked("x-datadog-trace-id", DATADOG, HeaderFormat.UNSIGNED),
          checked("x-datadog-parent-id", DATADOG, HeaderFormat.UNSIGNED)
              .requiring("x-datadog-trace-id"),
          checked("x-datadog-sampling-priority", DATADOG, HeaderFormat.INTEGER),
          opaque("x-datadog-origin", DATADOG),
          opaque("x-datadog-tags", DATADOG),
          opaque("sw8", SKYWALKING),
          opaque("sw8-x", SKYWALKING),
          opaque("sw8-correlation", SKYWALKING),
          opaque("uber-trace-id", JAEGER),
          opaque("x-cloud-trace-context", CLOUD_TRACE),
          checked("grpc-trace-bin", GRPC_TRACE, HeaderFormat.BASE64),
          opaque("x-ot-span-context", LIGHTSTEP),
          opaque("x-amzn-trace-id", XRAY));

  /** Returns a header that the user named. It is opaque and a family of its own. */
  static Header additional(String name) {
    return new Header(name, null, Repeats.FIRST, HeaderFormat.PRINTABLE, null);
  }

  /** Returns the names of the known headers in some families. */
  static List<String> namesOf(Set<HeaderFamily> families) {
    return KNOWN.stream()
        .filter(header -> header.family != null && families.contains(header.family))
        .map(Header::name)
        .toList();
  }

  /** Returns the families of the known headers with these names, in any case. */
  static Set<HeaderFamily> familiesOf(Collection<String> names) {
    Set<HeaderFamily> families = EnumSet.noneOf(HeaderFamily.class);
    for (Header header : KNOWN) {
      if (header.family != null && names.stream().anyMatch(header.name::equalsIgnoreCase)) {
        families.add(header.family);
      }
    }
    return families;
  }

  private static Header opaque(String name, HeaderFamily family) {
    return checked(name, family, HeaderFormat.PRINTABLE);
  }

  private static Header checked(String name, HeaderFamily family, HeaderFormat format) {
    return new Header(name, family, Repeats.FIRST, format, null);
  }

  private Header requiring(String other) {
    return new Header(name, family, repeats, format, other);
  }

  private Header repeated(Repeats policy) {
    return new Header(name, family, policy, format, requires);
  }
}
