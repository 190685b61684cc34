// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The watched headers of one request while they are read. For one thread. */
final class Capture {
  /** Enough for most requests; there are six headers of Zipkin. */
  private static final int EXPECTED = 6;

  private final HeaderTable table;

  /** The headers that arrived and those of them that may be forwarded, as bits. */
  private long seen;

  private long usable;

  /** Those of the usable headers, in the table's order. */
  private String[] values = new String[EXPECTED];

  Capture(HeaderTable table) {
    this.table = table;
  }

  /** Tells whether the header has arrived already. */
  boolean has(int index) {
    return (seen & bit(index)) != 0;
  }

  /** Takes a header's value, or null for one that may not be forwarded. */
  void add(int index, @Nullable String value) {
    seen |= bit(index);
    if (value != null) {
      int count = Long.bitCount(usable);
      if (count == values.length) {
        values = Arrays.copyOf(values, 2 * count);
      }
      int position = position(usable, index);
      if (position < count) { // most arrive in order
        System.arraycopy(values, position, values, position + 1, count - position);
      }
      values[position] = value;
      usable |= bit(index);
    }
  }

  /** Takes the header's value back, if there is one. */
  void drop(int index) {
    if ((usable & bit(index)) != 0) {
      int position = position(usable, index);
      int count = Long.bitCount(usable);
      System.arraycopy(values, position + 1, values, position, count - position - 1);
      values[count - 1] = null;
      usable &= ~bit(index);
    }
  }

  /** Returns what there is, without headers that mean nothing for want of another. */
  CapturedHeaders headers() {
    for (long left = usable & table.needing(); left != 0; left &= left - 1) {
      int index = Long.numberOfTrailingZeros(left);
      if ((usable & bit(table.neededBy(index))) == 0) {
        drop(index);
      }
    }
    return CapturedHeaders.of(table, usable, values);
  }

  static long bit(int index) {
    return 1L << index;
  }

  /** Returns where the value of a header stands among those of the headers in a set. */
  static int position(long headers, int index) {
    return Long.bitCount(headers & (bit(index) - 1));
  }
}
