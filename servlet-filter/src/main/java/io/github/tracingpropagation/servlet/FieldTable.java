// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.InboundHeaders;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * A container's own table of a request's header fields, read line by line, once.
 *
 * <p>The servlet API can only list the names, for which Tomcat and Jetty make objects of all of
 * them, and search the table for each name anew. Together that costs more than the rest of a hop.
 */
abstract class FieldTable implements InboundHeaders {

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
  public final boolean next() {
    return ++line < size;
  }

  @Override
  public final String name() {
    return name(line);
  }

  @Override
  public final @Nullable String value() {
    return value(line);
  }
}
