// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import brave.propagation.B3SingleFormat;
import brave.propagation.Propagation;
import brave.propagation.TraceContext;
import brave.propagation.TraceContextOrSamplingFlags;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes B3 headers as Envoy 1.40 does: Brave's format, with what Envoy treats otherwise.
 * One difference is left: Envoy pads ids of zeros only, which are malformed here. Threads may share
 * it.
 */
record EnvoyB3(
    TraceContext.Extractor<RequestHeadersBuilder> extractor,
    TraceContext.Injector<RequestHeadersBuilder> injector) {
  private static final String B3 = "b3";
  private static final String TRACE_ID = "x-b3-traceid";
  private static final String SPAN_ID = "x-b3-spanid";

  static EnvoyB3 of(Propagation<String> b3) {
    return new EnvoyB3(b3.extractor(EnvoyB3::get), b3.injector(RequestHeadersBuilder::set));
  }

  TraceContextOrSamplingFlags extract(RequestHeadersBuilder headers) {
    return extractor.extract(headers);
  }

  /** Writes {@code b3} if that arrived, else {@code x-b3-*}. Removes nothing. */
  void inject(TraceContext context, RequestHeadersBuilder headers) {
    if (headers.contains(B3)) {
      TraceContext accepted = context.toBuilder().debug(false).build(); // d arrives, 1 leaves
      headers.set(B3, B3SingleFormat.writeB3SingleFormat(accepted));
    } else {
      injector.inject(context, headers);
    }
  }

  /** Returns whether ids are malformed: Envoy then forwards them and does not trace this hop. */
  static boolean isMalformed(TraceContextOrSamplingFlags extracted, RequestHeadersBuilder headers) {
    return extracted.equals(TraceContextOrSamplingFlags.EMPTY)
        && (headers.contains(B3) || get(headers, TRACE_ID) != null);
  }

  private static @Nullable String get(RequestHeadersBuilder headers, String key) {
    String name = key.toLowerCase(Locale.ROOT);
    String value = headers.get(name);
    if (value == null || value.isEmpty()) {
      return null;
    }
    if (name.equals(B3)) {
      return value;
    }
    if (headers.contains(B3)) {
      return null; // b3 wins, even if it has no ids
    }
    return switch (name) {
      case TRACE_ID -> headers.contains(SPAN_ID) ? value.toLowerCase(Locale.ROOT) : null;
      case SPAN_ID -> headers.contains(TRACE_ID) ? value.toLowerCase(Locale.ROOT) : null;
      case "x-b3-sampled" -> value.equals("1") || value.equals("true") ? "1" : "0";
      case "x-b3-flags" -> null; // forwarded, but no reason to sample
      default -> value.toLowerCase(Locale.ROOT);
    };
  }
}
