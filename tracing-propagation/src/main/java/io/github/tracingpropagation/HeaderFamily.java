// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

/**
 * Headers that describe one trace together. A family is forwarded whole or, when the outgoing
 * request already has a member, left whole to whoever put it there.
 */
enum HeaderFamily {
  REQUEST_ID,
  B3,
  W3C,
  BAGGAGE,
  DATADOG,
  SKYWALKING,
  JAEGER,
  CLOUD_TRACE,
  GRPC_TRACE,
  LIGHTSTEP,
  XRAY;

  /** Returns this family's bit in a set of families. */
  @SuppressWarnings("EnumOrdinal") // a bit is of use only while the program runs
  long bit() {
    return 1L << ordinal();
  }

  static long bits(HeaderFamily... families) {
    long bits = 0;
    for (HeaderFamily family : families) {
      bits |= family.bit();
    }
    return bits;
  }
}
