// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Arrays;

/**
 * Operations on a packed array: one element for each header in a mask, in the order of their
 * indices. A header's position is the number of lower bits in the mask. The array may have unused
 * capacity at its end.
 */
final class PackedValues {
  /** Enough for most requests: Zipkin has six headers. */
  private static final int INITIAL_CAPACITY = 6;

  private static final String[] EMPTY = {};

  private PackedValues() {}

  static String[] empty() {
    return EMPTY;
  }

  static String get(String[] values, long headers, int index) {
    return values[position(headers, index)];
  }

  static void set(String[] values, long headers, int index, String value) {
    values[position(headers, index)] = value;
  }

  /**
   * Inserts the value of a header that the mask does not contain yet.
   *
   * @return the same array if it has capacity, otherwise a larger copy
   */
  static String[] add(String[] values, long headers, int index, String value) {
    int size = Long.bitCount(headers);
    String[] result =
        size < values.length ? values : Arrays.copyOf(values, Math.max(INITIAL_CAPACITY, 2 * size));
    int position = position(headers, index);
    if (position < size) { // rare: most headers arrive in the order of the table
      System.arraycopy(result, position, result, position + 1, size - position);
    }
    result[position] = value;
    return result;
  }

  /**
   * Removes the values of all headers that are not in a second mask.
   *
   * @param retained a subset of the headers
   * @return the same array if nothing is removed, otherwise a copy
   */
  static String[] retain(String[] values, long headers, long retained) {
    if (retained == headers) {
      return values;
    }
    String[] result = new String[Long.bitCount(retained)];
    int size = 0;
    for (long remaining = retained; remaining != 0; remaining &= remaining - 1) {
      result[size++] = get(values, headers, Long.numberOfTrailingZeros(remaining));
    }
    return result;
  }

  private static int position(long headers, int index) {
    return Long.bitCount(headers & (HeaderTable.bit(index) - 1));
  }
}
