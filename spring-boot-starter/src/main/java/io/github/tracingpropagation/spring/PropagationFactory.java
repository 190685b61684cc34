// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import java.util.List;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Lets the core parse the settings, and reports an invalid one as Spring Boot reports its own: with
 * the property, and where it was set.
 */
record PropagationFactory(TracingPropagationProperties properties, Environment environment) {

  private static final String ADDITIONAL_HEADERS = "tracing.propagation.additional-headers";
  private static final String FORWARD_TO = "tracing.propagation.forward-to";
  private static final List<String> PROPERTIES =
      List.of(
          "tracing.propagation.providers",
          ADDITIONAL_HEADERS,
          FORWARD_TO,
          "tracing.propagation.max-value-length");

  TracingPropagation create() {
    try {
      return TracingPropagation.fromEnvironment(properties::text);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      for (String property : PROPERTIES) {
        String text = properties.text(property);
        if (text != null && (message.startsWith(property) || needs(property, message))) {
          throw invalid(property, text, message);
        }
      }
      throw e;
    }
  }

  /** Returns whether additional headers are invalid because {@code forward-to} is not set. */
  private boolean needs(String property, String message) {
    return property.equals(ADDITIONAL_HEADERS)
        && message.startsWith(FORWARD_TO)
        && properties.text(FORWARD_TO) == null;
  }

  /**
   * Names an element of a list that is set by indexed properties, as YAML sets it: Spring Boot
   * finds no origin for the list itself.
   */
  private InvalidConfigurationPropertyValueException invalid(
      String property, String text, String message) {
    String reason = message.substring(message.indexOf(": ") + 2);
    if (environment.containsProperty(property)) {
      return new InvalidConfigurationPropertyValueException(property, text, reason);
    }
    String[] items = text.split(",", -1);
    int invalid = 0;
    for (int i = items.length - 1; i > 0; i--) {
      if (reason.contains("\"" + items[i].strip() + "\"")) {
        invalid = i;
      }
    }
    return new InvalidConfigurationPropertyValueException(
        property + "[" + invalid + "]", items[invalid], reason);
  }
}
