// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static io.github.tracingpropagation.benchmarks.Headers.ENVELOPE;
import static io.github.tracingpropagation.benchmarks.Headers.ZIPKIN;

import java.util.Map;

/** Which headers an inbound request has. */
public enum Arrival {
  /** What a sidecar hands to its service: 12 headers, of which 6 are tracing headers. */
  TYPICAL(Headers.merged(ENVELOPE, ZIPKIN)),
  /** The same among 30. */
  MANY(Headers.filledUp(TYPICAL.headers, 30)),
  /** Every header of every provider, among 28. */
  EVERY_PROVIDER(Headers.merged(TYPICAL.headers, Headers.OTHER_PROVIDERS)),
  /** No tracing header among 12. */
  NONE(Headers.filledUp(ENVELOPE, 12));

  @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
  private final Map<String, String> headers;

  Arrival(Map<String, String> headers) {
    this.headers = headers;
  }

  Map<String, String> headers() {
    return headers;
  }
}
