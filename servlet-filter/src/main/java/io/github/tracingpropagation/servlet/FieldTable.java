// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.opentelemetry.context.propagation.TextMapGetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A container's own table of a request's header fields, read line by line, once.
 *
 * <p>The servlet API can only list the names, for which Tomcat and Jetty make objects of all of
 * them, and search the table for each name anew. Together that costs more than the rest of a hop.
 */
abstract class FieldTable implements Iterator<String> {

  /** Opens the table of a request. */
  @FunctionalInterface
  interface Opener {
    /** Returns the table, or null if it is out of reach. */
    @Nullable FieldTable open(HttpServletRequest request);
  }

  private final int size;
  private int line = -1;

  FieldTable(int size) {
    this.size = size;
  }

  /** Returns the name on a line, or one that nobody watches in place of another such. */
  abstract String name(int line);

  /** Returns the value on a line. */
  abstract @Nullable String value(int line);

  @Override
  public final boolean hasNext() {
    return line + 1 < size;
  }

  @Override
  public final String next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    line++;
    return name(line);
  }

  /** Reads the line of the name that was listed last. */
  enum Getter implements TextMapGetter<FieldTable> {
    INSTANCE;

    @Override
    @SuppressWarnings("deprecation") // one pass over the lines costs less than a look-up for each
    public Iterable<String> keys(FieldTable table) {
      return () -> table;
    }

    @Override
    public @Nullable String get(@Nullable FieldTable table, String name) {
      return table == null || table.line < 0 ? null : table.value(table.line);
    }

    @Override
    public Iterator<String> getAll(@Nullable FieldTable table, String name) {
      return table == null || table.line < 0 ? Collections.emptyIterator() : table.new Lines(name);
    }
  }

  /** The values on the lines of a name, from the one on that was listed last. */
  private final class Lines implements Iterator<@Nullable String> {
    private final String name;
    private int next = line;

    Lines(String name) {
      this.name = name;
    }

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public @Nullable String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String value = value(next);
      do {
        next++;
      } while (next < size && !name.equalsIgnoreCase(name(next)));
      return value;
    }
  }
}
