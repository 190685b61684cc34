// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.adapter;

import org.jspecify.annotations.Nullable;

/**
 * Thrown at configuration for an invalid setting. Carries its parts, so that an adapter can report
 * them in its framework's own way.
 */
public final class InvalidSettingException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** The setting. */
  private final String key;

  /** The invalid value. */
  private final String value;

  /** What is wrong with the value, and what is allowed. */
  private final String reason;

  /**
   * Creates an exception whose message is {@code key=text: reason}, or {@code key: reason} if there
   * is no text.
   *
   * @param key the property, the environment variable, or the method of the builder
   * @param text the text of the whole setting; null if it was set in code
   * @param value the invalid value, which may be one element of a list
   * @param reason what is wrong with the value, and what is allowed
   */
  public InvalidSettingException(String key, @Nullable String text, String value, String reason) {
    super((text == null ? key : key + "=" + text) + ": " + reason);
    this.key = key;
    this.value = value;
    this.reason = reason;
  }

  /**
   * Returns the setting.
   *
   * @return the name of the property, of the environment variable, or of the builder's method
   */
  public String key() {
    return key;
  }

  /**
   * Returns the invalid value.
   *
   * @return the value, or the element of a list
   */
  public String value() {
    return value;
  }

  /**
   * Returns why the value is invalid.
   *
   * @return a sentence that contains the value, and what is allowed
   */
  public String reason() {
    return reason;
  }
}
