// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

/**
 * Validates header values; every valid value is printable ASCII. Hexadecimal digits are accepted in
 * either case, because Envoy reads both and values are never rewritten.
 *
 * @see <a href="https://github.com/openzipkin/b3-propagation">B3 Propagation</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
enum HeaderFormat {
  /** Tab and 0x20 to 0x7e, at least one of them not white space. */
  PRINTABLE,
  /** A sampling state; or trace id and span id, optionally a state, optionally a parent id. */
  B3,
  B3_TRACE_ID,
  B3_SPAN_ID,
  /** May be all zeros: Envoy reads that as no parent and continues the trace. */
  B3_PARENT,
  /** {@code 0} and {@code 1}; and true and false, which older tracers write. */
  B3_SAMPLED,
  /** Version, trace id, parent id and flags; a version after 00 may append more fields. */
  TRACEPARENT,
  /** 1 to 20 decimal digits. Also for X-B3-Flags, which some clients send as a bit field. */
  UNSIGNED,
  /** As {@link #UNSIGNED}, optionally with a minus sign. */
  INTEGER,
  /** Standard alphabet, with or without padding: both are valid binary metadata of gRPC. */
  BASE64;

  private static final int ID_64 = 16;
  private static final int ID_128 = 32;

  private static final int LATIN_1 = 0xff;

  /**
   * Character-class lookup tables: 0 for an allowed char, 1 for any other. Branch-free, because
   * comparisons of random hex digits mispredict half the time.
   */
  private static final byte[] NOT_HEX = new byte[LATIN_1 + 1];

  private static final byte[] NOT_PRINTABLE = new byte[LATIN_1 + 1];

  private static final byte[] NOT_BASE64 = new byte[LATIN_1 + 1];

  static {
    for (int c = 0; c <= LATIN_1; c++) {
      NOT_HEX[c] = (byte) (c <= '~' && Character.digit(c, 16) >= 0 ? 0 : 1);
      NOT_PRINTABLE[c] = (byte) (c == '\t' || (c >= ' ' && c <= '~') ? 0 : 1);
      boolean base64 = c <= 'z' && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
      NOT_BASE64[c] = (byte) (base64 ? 0 : 1);
    }
  }

  /** Returns whether a value is valid. A switch, because the JIT cannot inline ten lambdas. */
  boolean test(String value) {
    return switch (this) {
      case PRINTABLE -> isPrintable(value);
      case B3 -> isB3(value);
      case B3_TRACE_ID -> isId(value, 0, value.length());
      case B3_SPAN_ID -> value.length() == ID_64 && isId64(value, 0);
      case B3_PARENT -> value.length() == ID_64 && isHex(value, 0, ID_64);
      case B3_SAMPLED -> isB3Sampled(value);
      case TRACEPARENT -> isTraceParent(value);
      case UNSIGNED -> isDecimal(value, 0);
      case INTEGER -> isDecimal(value, value.startsWith("-") ? 1 : 0);
      case BASE64 -> isBase64(value);
    };
  }

  private static boolean isPrintable(String value) {
    return containsOnly(NOT_PRINTABLE, value, 0, value.length()) && !isBlank(value);
  }

  static boolean isBlank(String value) {
    return value.isEmpty() || (value.charAt(0) <= ' ' && value.isBlank());
  }

  private static boolean isB3(String value) {
    int length = value.length();
    if (length == 1) {
      return isB3State(value.charAt(0));
    }
    int traceId = value.indexOf('-');
    int state = traceId + 1 + ID_64;
    if (!isId(value, 0, traceId) || length < state || !isId64(value, traceId + 1)) {
      return false;
    }
    if (length == state) {
      return true;
    }
    int parent = state + 2;
    if (length < parent || value.charAt(state) != '-' || !isB3State(value.charAt(state + 1))) {
      return false;
    }
    return length == parent
        || (length == parent + 1 + ID_64
            && value.charAt(parent) == '-'
            && isHex(value, parent + 1, length));
  }

  private static boolean isB3Sampled(String value) {
    return value.equals("1")
        || value.equals("0")
        || value.equalsIgnoreCase("true")
        || value.equalsIgnoreCase("false");
  }

  private static boolean isTraceParent(String value) {
    int length = value.length();
    return length >= 55
        && value.charAt(2) == '-'
        && value.charAt(35) == '-'
        && value.charAt(52) == '-'
        && isHex(value, 0, 2)
        && !value.regionMatches(true, 0, "ff", 0, 2)
        && (length == 55
            || (!value.startsWith("00") && value.charAt(55) == '-' && isPrintable(value)))
        && isId(value, 3, 35)
        && isId(value, 36, 52)
        && isHex(value, 53, 55);
  }

  private static boolean isDecimal(String value, int from) {
    int digits = value.length() - from;
    if (digits < 1 || digits > 20) {
      return false;
    }
    for (int i = from; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isBase64(String value) {
    int padding =
        value.length() % 4 != 0 ? 0 : value.endsWith("==") ? 2 : value.endsWith("=") ? 1 : 0;
    int digits = value.length() - padding;
    return digits > 0 && digits % 4 != 1 && containsOnly(NOT_BASE64, value, 0, digits);
  }

  private static boolean isB3State(char c) {
    return c == '0' || c == '1' || c == 'd';
  }

  /** Returns whether the range is a 64-bit or 128-bit id in hex that is not zero. */
  private static boolean isId(String value, int from, int to) {
    return (to - from == ID_64 || to - from == ID_128)
        && isHex(value, from, to)
        && !isZero(value, from, to);
  }

  private static boolean isId64(String value, int from) {
    return isId(value, from, from + ID_64);
  }

  private static boolean isHex(String value, int from, int to) {
    return containsOnly(NOT_HEX, value, from, to);
  }

  private static boolean containsOnly(byte[] disallowed, String value, int from, int to) {
    int found = 0;
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      found |= disallowed[c & LATIN_1] | (c & ~LATIN_1);
    }
    return found == 0;
  }

  private static boolean isZero(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.charAt(i) != '0') {
        return false;
      }
    }
    return true;
  }
}
