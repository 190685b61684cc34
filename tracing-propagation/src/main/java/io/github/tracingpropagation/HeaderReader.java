// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.Header.Repeats;
import io.github.tracingpropagation.adapter.InboundHeaders;
import io.github.tracingpropagation.adapter.PropagationObserver.DropReason;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the watched headers of an inbound request in one pass over its fields. Immutable.
 *
 * @param table which headers are watched
 * @param maxValueLength in chars, after repeated lines are joined
 * @param observers are told what is dropped; null for none
 */
record HeaderReader(HeaderTable table, int maxValueLength, @Nullable Observers observers) {
  /** Result for a header that must not be forwarded. A usable value is never empty. */
  private static final String UNUSABLE = "";

  HeaderReader observedBy(Observers others) {
    return new HeaderReader(table, maxValueLength, others);
  }

  // Only tiny methods take the fields, so that the JIT inlines them and need not allocate the
  // fields.
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
      boolean seen = ((stored | unusable) & bit) != 0;
      String value; // null if this field changes nothing
      if (header.repeats() == Repeats.FIRST) {
        String line = seen ? null : firstLine(fields);
        value = line == null ? null : append(header, null, line);
      } else if ((unusable & bit) != 0) {
        value = null;
      } else {
        String previous = seen ? PackedValues.get(values, stored, index) : null;
        Iterator<@Nullable String> lines = fields.values();
        if (lines == null) {
          String line = nonBlank(fields.value());
          value = line == null ? null : append(header, previous, line);
        } else if (previous == null) {
          value = join(header, lines);
        } else { // the carrier lists the name twice; the first time, values() had all lines
          boolean complete = header.repeats() == Repeats.JOIN && !fields.isPartial();
          value = complete ? null : drop(header, DropReason.REPEATED);
        }
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
    long usable = stored & ~unusable;
    long complete = table.removeIncomplete(usable);
    if (complete != usable) {
      dropAll(usable & ~complete);
    }
    return CapturedHeaders.of(table, complete, PackedValues.retain(values, stored, complete));
  }

  /** Returns the first line that is not blank, or null. */
  private static @Nullable String firstLine(InboundHeaders fields) {
    String value = fields.value();
    if (value == null || !HeaderFormat.isBlank(value)) {
      return value;
    }
    Iterator<@Nullable String> lines = fields.values();
    return lines == null ? null : nextLine(lines);
  }

  /** Returns the joined lines or {@link #UNUSABLE}; null if all lines are blank. */
  private @Nullable String join(Header header, Iterator<@Nullable String> lines) {
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
    if (list != null && header.repeats() != Repeats.JOIN) {
      return drop(header, DropReason.REPEATED);
    }
    int length = list == null ? line.length() : list.length() + 1 + line.length();
    if (length > maxValueLength) {
      return drop(header, DropReason.TOO_LONG);
    }
    if (!header.format().test(line)) { // a list without one of its lines would be another value
      return drop(header, DropReason.MALFORMED);
    }
    return list == null ? line : list + "," + line;
  }

  private String drop(Header header, DropReason reason) {
    if (observers != null) {
      observers.dropped(header.name(), reason);
    }
    return UNUSABLE;
  }

  private void dropAll(long incomplete) {
    for (long remaining = incomplete; remaining != 0; remaining &= remaining - 1) {
      drop(table.header(Long.numberOfTrailingZeros(remaining)), DropReason.INCOMPLETE);
    }
  }

  /** Returns the next line that is not blank, or null. */
  private static @Nullable String nextLine(Iterator<@Nullable String> lines) {
    String line = null;
    while (line == null && lines.hasNext()) {
      line = nonBlank(lines.next());
    }
    return line;
  }

  private static @Nullable String nonBlank(@Nullable String line) {
    return line == null || HeaderFormat.isBlank(line) ? null : line;
  }
}
