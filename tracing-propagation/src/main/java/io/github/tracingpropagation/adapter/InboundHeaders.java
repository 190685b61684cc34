// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Iterates once over the header fields of one inbound request. For one thread.
 *
 * <p>An implementation iterates over lines or over names. If over lines, such as those of a
 * container's internal header table, it returns each line once. If over names, it overrides {@link
 * #values} to return all lines with the name; a name that it returns twice is read once.
 *
 * <p>It supports repeated lines with every release of the OpenTelemetry API; {@link
 * io.opentelemetry.context.propagation.TextMapGetter} only since 1.50, by {@code getAll}.
 */
public interface InboundHeaders {

  /**
   * Returns the header fields of a map from name to lines, such as a Jakarta REST {@code
   * MultivaluedMap} or Spring's {@code HttpHeaders}.
   *
   * @param entries the map's entries, one for each name; a list of lines may be empty
   * @return an iteration over the names
   */
  static InboundHeaders of(Iterable<? extends Map.Entry<String, List<String>>> entries) {
    return new EntryHeaders(entries.iterator());
  }

  /**
   * Moves to the next field.
   *
   * @return false if there is no further field
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
   * @return the values; null (the default) if this field is a single line
   */
  default @Nullable Iterator<@Nullable String> values() {
    return null;
  }

  /**
   * Returns whether {@link #values} contains only the first of several lines with one name. Then
   * {@code traceparent}, {@code tracestate} and {@code baggage} are dropped if the name is returned
   * more than once, since part of a list would be another value.
   *
   * @return false by default
   */
  default boolean isPartial() {
    return false;
  }
}
