// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

/**
 * A setting in force. Immutable.
 *
 * @param setting which one
 * @param value what is in force, as text
 * @param source where it was set, such as {@code default} or {@code system property}
 * @param exception what is not in force because of an agent in this JVM, as text that follows the
 *     value; empty for nothing
 */
public record EffectiveSetting(Setting setting, String value, String source, String exception) {
  /** The source of a setting that the function of {@code fromEnvironment} has returned. */
  public static final String WHERE_REGISTERED = "where it is registered";

  /** Returns for example {@code providers=all (default)}. */
  @Override
  public String toString() {
    return setting + "=" + value + " (" + source + ")" + exception;
  }
}
