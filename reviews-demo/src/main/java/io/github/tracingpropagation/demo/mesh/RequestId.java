// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.mesh;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@code x-request-id} as Envoy reads and writes it: the first eight hex digits modulo 10,000
 * are the sampling bucket, the 15th character is the trace status: sampled (9), forced by the
 * server (a) or by the client (b), or none of these. Threads may share it.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-request-id">Envoy's
 *     documentation</a>
 */
record RequestId(String value) {
  static final String HEADER = "x-request-id";

  private static final int LENGTH = 36;
  private static final int STATUS = 14;
  private static final int BUCKETS = 10_000;

  /** Returns the inbound id, or a new one without a trace status if absent or blank. */
  static RequestId fromHeader(@Nullable String header) {
    return new RequestId(
        header == null || header.isBlank() ? UUID.randomUUID().toString() : header);
  }

  /** Returns whether to trace a request: the same at every sidecar with the same rate. */
  boolean isSampled(double percent) {
    return hasTracedStatus() || bucket() < Math.round(percent * BUCKETS / 100);
  }

  /** Returns this id with the trace status "sampled", unless it has no place for a status. */
  RequestId withSampledStatus() {
    return hasTracedStatus() || value.length() != LENGTH
        ? this
        : new RequestId(value.substring(0, STATUS) + "9" + value.substring(STATUS + 1));
  }

  private boolean hasTracedStatus() {
    return value.length() == LENGTH && "9ab".indexOf(value.charAt(STATUS)) >= 0;
  }

  /** Returns {@link #BUCKETS}, which no rate samples, for an id that does not start so. */
  private long bucket() {
    try {
      return Long.parseLong(value, 0, 8, 16) % BUCKETS;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return BUCKETS;
    }
  }
}
