// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration from text.
 *
 * @param first asked first, by the name of a property
 * @param properties system properties
 * @param variables environment variables
 */
record Settings(
    Function<String, @Nullable String> first,
    Function<String, @Nullable String> properties,
    Function<String, @Nullable String> variables) {

  private static final String PREFIX = "tracing.propagation.";

  TracingPropagation propagation() {
    TracingPropagationBuilder builder = TracingPropagation.builder();
    read(
        "providers",
        value ->
            builder.providers(
                items(value).map(Settings::provider).toArray(TracingProvider[]::new)));
    read(
        "additional-headers",
        value -> builder.additionalHeaders(items(value).toArray(String[]::new)));
    read("max-value-length", value -> builder.maxValueLength(number(value)));
    read("forward-to", value -> builder.forwardTo(destinations(value)));
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + "forward-to: " + e.getMessage(), e);
    }
  }

  private void read(String name, Consumer<String> setting) {
    String property = PREFIX + name;
    String variable = property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    String key = property;
    String value = first.apply(property);
    if (isAbsent(value)) {
      value = properties.apply(property);
    }
    if (isAbsent(value)) {
      key = variable;
      value = variables.apply(variable);
    }
    if (value != null && !value.isBlank()) {
      try {
        setting.accept(value.strip());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(key + "=" + value + ": " + e.getMessage(), e);
      }
    }
  }

  private static boolean isAbsent(@Nullable String value) {
    return value == null || value.isBlank();
  }

  private static Stream<String> items(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip);
  }

  private static TracingProvider provider(String name) {
    for (TracingProvider provider : TracingProvider.values()) {
      if (provider.name().equalsIgnoreCase(name)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "\""
            + name
            + "\" is not a provider; allowed: "
            + String.join(", ", Arrays.stream(TracingProvider.values()).map(Enum::name).toList())
                .toLowerCase(Locale.ROOT));
  }

  private static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "\"" + value + "\" is not a whole number; allowed: a number of chars", e);
    }
  }

  private static Destinations destinations(String value) {
    return items(value)
        .map(
            item ->
                switch (item) {
                  case "any" -> Destinations.any();
                  case "in-mesh" -> Destinations.inMesh();
                  default -> Destinations.hosts(item);
                })
        .reduce(Destinations::or)
        .orElseThrow();
  }
}
