// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An {@code x-request-id} as Envoy reads and writes it: its first eight digits are drawn for the
 * sampling, and one of its characters tells what was decided.
 *
 * @see <a
 *     href="https://www.envoyproxy.io/docs/envoy/latest/configuration/http/http_conn_man/headers#x-request-id">Envoy's
 *     documentation</a>
 */
record RequestId(String value) {
  static final String HEADER = "x-request-id";

  private static final int LENGTH = 36;
  private static final int STATUS_AT = 14;
  private static final char SAMPLED = '9';
  private static final String TRACED = SAMPLED + "ab"; // or forced by the server, by the client
  private static final int BUCKET_DIGITS = 8;
  private static final int BUCKETS = 10_000;

  /** Takes the id that came with a request, or makes one up that tells of no decision yet. */
  static RequestId of(@Nullable String header) {
    return new RequestId(
        header == null || header.isBlank() ? UUID.randomUUID().toString() : header);
  }

  /** Whether a request with this id is traced: at the same rate, every sidecar says the same. */
  boolean isSampled(double percent) {
    return isTraced() || bucket() < Math.round(percent * BUCKETS / 100);
  }

  /** Returns the id that tells the next ones that the request is traced. */
  RequestId sampled() {
    return isTraced() || value.length() != LENGTH
        ? this
        : new RequestId(value.substring(0, STATUS_AT) + SAMPLED + value.substring(STATUS_AT + 1));
  }

  private boolean isTraced() {
    return value.length() == LENGTH && TRACED.indexOf(value.charAt(STATUS_AT)) >= 0;
  }

  /** Returns one beyond all for an id that is not of this kind. */
  private long bucket() {
    try {
      return Long.parseLong(value, 0, BUCKET_DIGITS, 16) % BUCKETS;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return BUCKETS;
    }
  }
}
