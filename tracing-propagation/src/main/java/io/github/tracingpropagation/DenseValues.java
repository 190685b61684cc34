// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Arrays;

/**
 * The values of some of a table's headers, in the table's order and without gaps, in an array that
 * may have space left. Which headers they are, the bits of a {@code long} tell.
 */
final class DenseValues {
  /** Enough for most requests: Zipkin has six headers. */
  private static final int EXPECTED = 6;

  private static final String[] NONE = {};

  private DenseValues() {}

  static String[] none() {
    return NONE;
  }

  static long bit(int index) {
    return 1L << index;
  }

  static String get(String[] values, long headers, int index) {
    return values[position(headers, index)];
  }

  static void set(String[] values, long headers, int index, String value) {
    values[position(headers, index)] = value;
  }

  /** Adds a value, to the same array if there is space. */
  static String[] add(String[] values, long headers, int index, String value) {
    int size = Long.bitCount(headers);
    String[] result =
        size < values.length ? values : Arrays.copyOf(values, Math.max(EXPECTED, 2 * size));
    int position = position(headers, index);
    if (position < size) { // most arrive in order
      System.arraycopy(result, position, result, position + 1, size - position);
    }
    result[position] = value;
    return result;
  }

  /** Leaves the values of some of the headers. */
  static String[] retain(String[] values, long headers, long retained) {
    if (retained == headers) {
      return values;
    }
    String[] result = new String[Long.bitCount(retained)];
    int size = 0;
    for (long left = retained; left != 0; left &= left - 1) {
      result[size++] = get(values, headers, Long.numberOfTrailingZeros(left));
    }
    return result;
  }

  private static int position(long headers, int index) {
    return Long.bitCount(headers & (bit(index) - 1));
  }
}
