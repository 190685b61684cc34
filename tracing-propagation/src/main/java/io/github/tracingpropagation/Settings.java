// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Builds a configuration from textual settings. Immutable.
 *
 * @param sources in order of precedence; the first that contains a setting is used
 */
record Settings(List<Source> sources) {

  private static final String PREFIX = "tracing.propagation.";

  /**
   * A source of settings.
   *
   * @param name for the log
   * @param key maps the name of a property to the key in this source
   * @param values returns the value of a key, or null
   */
  record Source(
      String name, Function<String, String> key, Function<String, @Nullable String> values) {

    static Source ofProperties(String name, Function<String, @Nullable String> values) {
      return new Source(name, property -> property, values);
    }

    static Source ofVariables(Function<String, @Nullable String> values) {
      return new Source(
          "environment variable",
          property -> property.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'),
          values);
    }
  }

  /**
   * Returns the settings of this process.
   *
   * @param name of the source of highest precedence
   * @param first returns the value of a property in that source, or null
   */
  static Settings ofProcess(String name, Function<String, @Nullable String> first) {
    List<Source> sources = new ArrayList<>();
    sources.add(Source.ofProperties(name, first));
    Function<String, @Nullable String> microProfile = MicroProfileConfig.find();
    if (microProfile != null) {
      sources.add(Source.ofProperties("MicroProfile Config", microProfile));
    }
    sources.add(Source.ofProperties("system property", System::getProperty));
    sources.add(Source.ofVariables(System::getenv));
    return new Settings(sources);
  }

  TracingPropagation propagation() {
    return propagation(Agents::inThisJvm);
  }

  /**
   * Returns the configuration.
   *
   * @param agents called to detect agents if the providers are not set
   */
  TracingPropagation propagation(Supplier<Agents> agents) {
    TracingPropagationBuilder builder = TracingPropagation.builder();
    read("providers", builder, value -> builder.providers(SettingValues.providers(value)));
    read(
        "additional-headers",
        builder,
        value -> builder.additionalHeaders(SettingValues.names(value)));
    read("forward-to", builder, value -> builder.forwardTo(SettingValues.destinations(value)));
    read("max-value-length", builder, value -> builder.maxValueLength(SettingValues.number(value)));
    String credential = builder.exposedCredential();
    if (credential != null) {
      throw new IllegalArgumentException(
          PREFIX
              + "forward-to: \""
              + credential
              + "\" carries credentials: set forward-to to hosts by name, such as"
              + " ratings,*.internal.example.com; any and in-mesh are not enough");
    }
    return builder.build(agents);
  }

  private void read(String name, TracingPropagationBuilder builder, Consumer<String> setting) {
    for (Source source : sources) {
      String key = source.key().apply(PREFIX + name);
      String value = source.values().apply(key);
      if (value != null && !value.isBlank()) {
        try {
          setting.accept(value.strip());
        } catch (IllegalArgumentException e) {
          throw new IllegalArgumentException(key + "=" + value + ": " + e.getMessage(), e);
        }
        builder.setBy(name, source.name());
        return;
      }
    }
  }
}
