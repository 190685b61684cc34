// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Collections;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Iterates over the header fields of one inbound request. For one thread, once.
 *
 * <p>A carrier that lists its lines, such as a container's own table, yields each line and need not
 * implement {@link #values}. A carrier that lists its names yields each name, and all of its lines
 * by {@link #values}. No line may be yielded twice.
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
   * Returns the values of all lines of this field, in order.
   *
   * @return the values; unless overridden, {@link #value} alone
   */
  default Iterator<@Nullable String> values() {
    return Collections.singleton(value()).iterator();
  }
}
