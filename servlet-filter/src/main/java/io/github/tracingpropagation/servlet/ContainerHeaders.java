// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.adapter.InboundHeaders;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the container's internal list of a request's header lines, once, by index.
 *
 * <p>The servlet API is slower: Tomcat and Jetty allocate a collection of all header names, and
 * each {@link HttpServletRequest#getHeader} is a linear search. Together that costs more than the
 * rest of a hop.
 */
abstract class ContainerHeaders implements InboundHeaders {
  /** Returned in place of a name that is not captured, so that it need not be decoded. */
  static final String NOT_CAPTURED = "";

  /** Creates the headers of a request of one class. Thread-safe. */
  @FunctionalInterface
  interface Factory {
    /** Returns the headers, or null if the container's list is not accessible. */
    @Nullable ContainerHeaders create(HttpServletRequest request);
  }

  private final int size;
  private int index = -1;

  /**
   * Starts before the first line.
   *
   * @param size the number of header lines
   */
  ContainerHeaders(int size) {
    this.size = size;
  }

  /** Returns the name of a line, or {@link #NOT_CAPTURED}. */
  abstract String name(int index);

  /** Returns the value of a line. */
  abstract @Nullable String value(int index);

  @Override
  public final boolean next() {
    return ++index < size;
  }

  @Override
  public final String name() {
    return name(index);
  }

  @Override
  public final @Nullable String value() {
    return value(index);
  }
}
