// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.Header.Repeats;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the watched headers of an inbound request in one pass over its fields. Immutable.
 *
 * @param table what to read
 * @param maxValueLength in chars, after repeated lines are joined
 */
record HeaderReader(HeaderTable table, int maxValueLength) {

  CapturedHeaders read(InboundHeaders fields) {
    long found = 0; // had a line that is not blank
    long taken = 0; // have a place among the values
    long dropped = 0;
    String[] values = DenseValues.none();
    while (fields.next()) {
      int index = table.watchedIndexOf(fields.name());
      if (index < 0) {
        continue;
      }
      Header header = table.header(index);
      long bit = DenseValues.bit(index);
      if ((found & bit) != 0) {
        if (header.repeats() == Repeats.FIRST) {
          continue;
        }
        if (fields instanceof GetterHeaders) {
          dropped |= GetterHeaders.hasRead(header) ? 0 : bit;
          continue;
        }
      }
      Iterator<@Nullable String> lines = header.repeats() == Repeats.FIRST ? null : fields.values();
      String line = lines == null ? first(fields) : next(lines);
      for (; line != null; line = lines == null ? null : next(lines)) {
        if ((found & bit) == 0) {
          found |= bit;
          if (!isUsable(header, line, line.length())) {
            break;
          }
          values = DenseValues.add(values, taken, index, line);
          taken |= bit;
        } else if ((taken & ~dropped & bit) == 0) {
          break;
        } else {
          String list = DenseValues.get(values, taken, index);
          if (header.repeats() != Repeats.JOIN
              || !isUsable(header, line, list.length() + 1 + line.length())) {
            dropped |= bit; // a list without one of its lines would be another value
            break;
          }
          DenseValues.set(values, taken, index, list + "," + line);
        }
      }
    }
    long complete = table.complete(taken & ~dropped);
    return CapturedHeaders.of(table, complete, DenseValues.retain(values, taken, complete));
  }

  private boolean isUsable(Header header, String line, int length) {
    return length <= maxValueLength && header.format().test(line);
  }

  private static @Nullable String first(InboundHeaders fields) {
    String value = fields.value();
    return value == null || !HeaderFormat.isBlank(value) ? value : next(fields.values());
  }

  /** Returns the next line that is not blank, or null. */
  private static @Nullable String next(Iterator<@Nullable String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line != null && !HeaderFormat.isBlank(line)) {
        return line;
      }
    }
    return null;
  }
}
