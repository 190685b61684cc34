// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.Header.Repeats;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the watched headers of an inbound request in one pass over its fields. Immutable.
 *
 * @param table which headers are watched
 * @param maxValueLength in chars, after repeated lines are joined
 */
record HeaderReader(HeaderTable table, int maxValueLength) {
  /** Result for a header that must not be forwarded. A usable value is never empty. */
  private static final String UNUSABLE = "";

  CapturedHeaders read(InboundHeaders fields) {
    long stored = 0; // headers that have an element in values
    long unusable = 0; // headers to drop; one that was stored first keeps its element until the end
    String[] values = PackedValues.empty();
    while (fields.next()) {
      int index = table.watchedIndexOf(fields.name());
      if (index < 0) {
        continue;
      }
      Header header = table.header(index);
      long bit = HeaderTable.bit(index);
      String value;
      if (header.repeats() == Repeats.FIRST) {
        value = ((stored | unusable) & bit) != 0 ? null : firstValue(header, fields);
      } else if ((unusable & bit) != 0) {
        value = null;
      } else {
        boolean again = (stored & bit) != 0;
        String previous = again ? PackedValues.get(values, stored, index) : null;
        value = allValues(header, fields, previous);
      }
      if (value == null) {
        continue;
      }
      if (value.isEmpty()) {
        unusable |= bit;
      } else if ((stored & bit) != 0) {
        PackedValues.set(values, stored, index, value);
      } else {
        values = PackedValues.add(values, stored, index, value);
        stored |= bit;
      }
    }
    long complete = table.removeIncomplete(stored & ~unusable);
    return CapturedHeaders.of(table, complete, PackedValues.retain(values, stored, complete));
  }

  /** Returns the first line that is not blank or {@link #UNUSABLE}; null if all are blank. */
  private @Nullable String firstValue(Header header, InboundHeaders fields) {
    String line = fields.value();
    if (line != null && HeaderFormat.isBlank(line)) {
      Iterator<@Nullable String> lines = fields.values();
      line = lines == null ? null : nextLine(lines);
    }
    return line == null ? null : append(header, null, line);
  }

  /**
   * Returns the value with the lines of this field appended, or {@link #UNUSABLE}; null if nothing
   * changes.
   *
   * @param previous the value from earlier fields of this name, or null
   */
  private @Nullable String allValues(
      Header header, InboundHeaders fields, @Nullable String previous) {
    Iterator<@Nullable String> lines = fields.values();
    if (lines == null) {
      String line = fields.value();
      return line == null || HeaderFormat.isBlank(line) ? null : append(header, previous, line);
    }
    if (previous != null) { // the carrier lists the name twice; all lines were read the first time
      boolean complete = header.repeats() == Repeats.JOIN && !GetterHeaders.isPartial(fields);
      return complete ? null : UNUSABLE;
    }
    String value = null;
    for (String line = nextLine(lines); line != null; line = nextLine(lines)) {
      value = append(header, value, line);
      if (value.isEmpty()) {
        break; // the iterator may be endless
      }
    }
    return value;
  }

  /** Returns the line, or the list with the line appended, or {@link #UNUSABLE}. */
  private String append(Header header, @Nullable String list, String line) {
    if (list == null) {
      return isUsable(header, line, line.length()) ? line : UNUSABLE;
    }
    int length = list.length() + 1 + line.length();
    return header.repeats() == Repeats.JOIN && isUsable(header, line, length)
        ? list + "," + line
        : UNUSABLE; // a list without one of its lines would be another value
  }

  private boolean isUsable(Header header, String line, int length) {
    return length <= maxValueLength && header.format().test(line);
  }

  /** Returns the next line that is not blank, or null. */
  private static @Nullable String nextLine(Iterator<@Nullable String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line != null && !HeaderFormat.isBlank(line)) {
        return line;
      }
    }
    return null;
  }
}
