// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

/**
 * Tells usable values, which are printable at least, from malformed ones. Every check is lenient
 * about the case of hexadecimal digits, because Envoy reads either and a value has to leave as it
 * came.
 *
 * @see <a href="https://github.com/openzipkin/b3-propagation">B3 Propagation</a>
 * @see <a href="https://www.w3.org/TR/trace-context/">W3C Trace Context</a>
 */
enum HeaderFormat {
  /** Every character may stand in a header's value, and at least one is not white space. */
  PRINTABLE,
  /** The single header: a sampling state, or two ids, then maybe a state, then maybe a parent. */
  B3,
  B3_TRACE_ID,
  B3_SPAN_ID,
  /** A parent may be all zeros: Envoy reads that as none, and traces on. */
  B3_PARENT,
  /** Beside {@code 0} and {@code 1}, the words that tracers wrote before B3 was settled. */
  B3_SAMPLED,
  /** Version, trace id, parent id and flags; a later version than 00 may have more after them. */
  TRACEPARENT,
  /** A decimal number of at most 64 bits' digits. Some clients send X-B3-Flags as a bit set. */
  UNSIGNED,
  INTEGER;

  private static final int ID_64 = 16;
  private static final int ID_128 = 32;

  private static final int LATIN_1 = 0xff;

  /**
   * What is no hexadecimal digit, and what may not stand in a header, marked for each char. A
   * processor guesses comparisons of random digits wrong half the time; a value that is right has
   * to be read to its end anyway.
   */
  private static final byte[] NO_DIGIT = new byte[LATIN_1 + 1];

  private static final byte[] NO_PRINT = new byte[LATIN_1 + 1];

  static {
    for (int c = 0; c <= LATIN_1; c++) {
      NO_DIGIT[c] = (byte) (c <= '~' && Character.digit(c, 16) >= 0 ? 0 : 1);
      NO_PRINT[c] = (byte) (c == '\t' || (c >= ' ' && c <= '~') ? 0 : 1);
    }
  }

  /**
   * Tells whether a value is worth forwarding. A compiler inlines a switch, but not nine lambdas.
   */
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
    };
  }

  private static boolean isPrintable(String value) {
    return hasNone(NO_PRINT, value, 0, value.length()) && !isBlank(value);
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

  private static boolean isB3State(char c) {
    return c == '0' || c == '1' || c == 'd';
  }

  /** A 64 or 128 bit id that is not zero. */
  private static boolean isId(String value, int from, int to) {
    return (to - from == ID_64 || to - from == ID_128)
        && isHex(value, from, to)
        && !isZero(value, from, to);
  }

  private static boolean isId64(String value, int from) {
    return isId(value, from, from + ID_64);
  }

  private static boolean isHex(String value, int from, int to) {
    return hasNone(NO_DIGIT, value, from, to);
  }

  private static boolean hasNone(byte[] marks, String value, int from, int to) {
    int marked = 0;
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      marked |= marks[c & LATIN_1] | (c & ~LATIN_1);
    }
    return marked == 0;
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
