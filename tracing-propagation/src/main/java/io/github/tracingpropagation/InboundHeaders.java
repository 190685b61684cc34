// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the header fields of one inbound request. For one thread, once.
 *
 * <p>A carrier that lists lines, such as a container's own table, yields each line once. One that
 * lists names yields each name, and overrides {@link #values} to return all of its lines. A name
 * that is listed twice is read once.
 *
 * <p>Unlike {@link io.opentelemetry.context.propagation.TextMapGetter}, which has {@code getAll}
 * since 1.50 only, it reads repeated lines with every release of the OpenTelemetry API.
 */
public interface InboundHeaders {

  /**
   * Moves to the next field.
   *
   * @return false if there is none
   */
  boolean next();

  /**
   * Returns the name of this field.
   *
   * @return the name, in any case
   */
  String name();

  /**
   * Returns the value of this field; the first one if it has several lines.
   *
   * @return the value, or null if it has none
   */
  @Nullable String value();

  /**
   * Returns the values of all lines with the name of this field, in order.
   *
   * @return the values; null, as by default, if this field is a line of its own
   */
  default @Nullable Iterator<@Nullable String> values() {
    return null;
  }
}
