// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the watched headers of an inbound request, in one pass over the names that arrived where
 * the carrier tells them. Immutable.
 *
 * @param table what to read
 * @param maxValueLength in chars, after repeated lines are joined
 */
record HeaderReader(HeaderTable table, int maxValueLength) {

  // OpenTelemetry 1.67 discourages keys(), because its own propagators watch a name or two. Here
  // one pass over the names that arrived saves some twenty look-ups.
  @SuppressWarnings("deprecation")
  <C> CapturedHeaders read(C carrier, TextMapGetter<C> getter) {
    Iterator<String> names = getter.keys(carrier).iterator();
    if (!names.hasNext()) { // a getter need not implement keys()
      names = table.watchedNames().iterator();
    }
    long seen = 0;
    long taken = 0;
    long dropped = 0;
    String[] values = DenseValues.none();
    while (names.hasNext()) {
      String name = names.next();
      int index = name == null ? -1 : table.watchedIndexOf(name);
      if (index < 0) {
        continue;
      }
      Header header = table.header(index);
      long bit = DenseValues.bit(index);
      if ((seen & bit) == 0) {
        seen |= bit;
        String value = value(carrier, getter, name, header);
        if (value != null) {
          values = DenseValues.add(values, taken, index, value);
          taken |= bit;
        }
      } else if (header.repeats() == Header.Repeats.DROP) {
        dropped |= bit; // listed again, maybe in another case
      }
    }
    long complete = table.complete(taken & ~dropped);
    return CapturedHeaders.of(table, complete, DenseValues.retain(values, taken, complete));
  }

  /** Returns the header's one value if it may be forwarded, or else null. */
  private <C> @Nullable String value(
      C carrier, TextMapGetter<C> getter, String name, Header header) {
    String value =
        switch (header.repeats()) {
          case FIRST -> first(carrier, getter, name);
          case JOIN -> joined(getter.getAll(carrier, name));
          case DROP -> only(getter.getAll(carrier, name));
        };
    return value != null && value.length() <= maxValueLength && header.format().test(value)
        ? value
        : null;
  }

  private static <C> @Nullable String first(C carrier, TextMapGetter<C> getter, String name) {
    String value = getter.get(carrier, name);
    return value == null || !HeaderFormat.isBlank(value)
        ? value
        : next(getter.getAll(carrier, name));
  }

  private static @Nullable String only(Iterator<String> lines) {
    String value = next(lines);
    return next(lines) == null ? value : null;
  }

  private @Nullable String joined(Iterator<String> lines) {
    String value = next(lines);
    String line = next(lines);
    if (value == null || line == null) {
      return value;
    }
    StringBuilder list = new StringBuilder(value);
    for (; line != null; line = next(lines)) {
      if (list.length() + line.length() >= maxValueLength) {
        return null; // a list without its end would be another value
      }
      list.append(',').append(line);
    }
    return list.toString();
  }

  /** Returns the next line that is not blank, or null. */
  private static @Nullable String next(Iterator<String> lines) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line != null && !HeaderFormat.isBlank(line)) {
        return line;
      }
    }
    return null;
  }
}
