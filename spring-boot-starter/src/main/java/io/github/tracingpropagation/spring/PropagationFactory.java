// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Lets the core parse the settings, and reports an invalid one as Spring Boot reports its own: with
 * the property, and where it was set.
 */
record PropagationFactory(TracingPropagationProperties properties, Environment environment) {

  private static final String[] PROPERTIES = {
    "tracing.propagation.providers",
    "tracing.propagation.additional-headers",
    "tracing.propagation.forward-to",
    "tracing.propagation.max-value-length"
  };

  TracingPropagation create() {
    try {
      return TracingPropagation.fromEnvironment(properties::text);
    } catch (IllegalArgumentException e) {
      for (String property : PROPERTIES) {
        String text = properties.text(property);
        if (text != null && message(e).startsWith(property)) {
          throw invalid(property, text, message(e));
        }
      }
      throw e;
    }
  }

  private static String message(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
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
      if (reason.contains('"' + items[i].strip() + '"')) {
        invalid = i;
      }
    }
    return new InvalidConfigurationPropertyValueException(
        property + "[" + invalid + "]", items[invalid], reason);
  }
}
