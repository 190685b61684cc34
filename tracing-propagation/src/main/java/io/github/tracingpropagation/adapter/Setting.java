// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import java.util.Locale;

/** The settings by which a service configures what is captured and forwarded. */
public enum Setting {
  /** Names of tracing providers, separated by commas. */
  PROVIDERS,
  /** Header names, separated by commas. */
  ADDITIONAL_HEADERS,
  /** {@code any}, or {@code in-mesh} and hosts, separated by commas. */
  FORWARD_TO,
  /** A number of chars. */
  MAX_VALUE_LENGTH;

  private final String shortKey = name().toLowerCase(Locale.ROOT).replace('_', '-');

  /**
   * Returns the name of the property.
   *
   * @return for example {@code tracing.propagation.forward-to}
   */
  public String key() {
    return "tracing.propagation." + shortKey;
  }

  /**
   * Returns the name of the environment variable.
   *
   * @return for example {@code TRACING_PROPAGATION_FORWARD_TO}
   */
  public String variable() {
    return "TRACING_PROPAGATION_" + name();
  }

  /** Returns the key without its prefix, for example {@code forward-to}. */
  @Override
  public String toString() {
    return shortKey;
  }
}
