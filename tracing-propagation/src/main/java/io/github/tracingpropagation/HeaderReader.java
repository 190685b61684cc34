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
    @Nullable String[] values = null;
    boolean named = false;
    for (String name : getter.keys(carrier)) {
      named = true;
      int index = name == null ? -1 : table.indexOf(name);
      if (index >= 0 && table.isWatched(index)) {
        if (values == null) {
          values = new @Nullable String[table.size()];
        }
        Header header = table.header(index);
        if (values[index] == null) {
          values[index] = value(carrier, getter, name, header);
        } else if (header.repeats() == Header.Repeats.DROP) {
          values[index] = HeaderTable.DROPPED; // listed again, maybe in another case
        }
      }
    }
    if (!named) { // a getter need not implement keys()
      values = lookUpEach(carrier, getter);
    }
    if (values == null) {
      return CapturedHeaders.empty();
    }
    table.dropIncomplete(values);
    return CapturedHeaders.of(table, values);
  }

  private <C> @Nullable String[] lookUpEach(C carrier, TextMapGetter<C> getter) {
    @Nullable String[] values = new @Nullable String[table.size()];
    for (int i = 0; i < values.length; i++) {
      if (table.isWatched(i)) {
        values[i] = value(carrier, getter, table.header(i).name(), table.header(i));
      }
    }
    return values;
  }

  /**
   * Returns the header's one value if it may be forwarded, or {@link HeaderTable#DROPPED}, so that
   * the lines of a name that is listed for each of them are read once.
   */
  private <C> String value(C carrier, TextMapGetter<C> getter, String name, Header header) {
    String value =
        switch (header.repeats()) {
          case FIRST -> first(carrier, getter, name);
          case JOIN -> joined(getter.getAll(carrier, name));
          case DROP -> only(getter.getAll(carrier, name));
        };
    return value != null
            && value.length() <= maxValueLength
            && HeaderFormats.isPrintable(value)
            && header.format().test(value)
        ? value
        : HeaderTable.DROPPED;
  }

  private static <C> @Nullable String first(C carrier, TextMapGetter<C> getter, String name) {
    String value = getter.get(carrier, name);
    return value == null || !value.isBlank() ? value : next(getter.getAll(carrier, name));
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
      if (line != null && !line.isBlank()) {
        return line;
      }
    }
    return null;
  }
}
