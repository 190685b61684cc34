// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * Lets the core parse the settings, and reports an invalid one as Spring Boot reports its own: with
 * the property, and where it was set.
 */
record PropagationFactory(TracingPropagationProperties properties, Environment environment) {

  TracingPropagation create() {
    try {
      return TracingPropagation.fromEnvironment(properties::text);
    } catch (InvalidSettingException e) {
      String text = properties.text(e.key());
      if (text == null) {
        throw e; // set where Spring Boot does not read it
      }
      throw environment.containsProperty(e.key())
          ? new InvalidConfigurationPropertyValueException(e.key(), text, e.reason())
          : invalidElement(text, e);
    }
  }

  /**
   * Names an element of a list that is set by indexed properties, as YAML sets it: Spring Boot
   * finds no origin for the list itself.
   */
  private static InvalidConfigurationPropertyValueException invalidElement(
      String text, InvalidSettingException e) {
    List<String> elements = Stream.of(text.split(",", -1)).map(String::strip).toList();
    int invalid = Math.max(0, elements.lastIndexOf(e.value()));
    return new InvalidConfigurationPropertyValueException(
        e.key() + "[" + invalid + "]", elements.get(invalid), e.reason());
  }
}
