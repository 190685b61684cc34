// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration from text.
 *
 * @param sources in the order in which they are asked
 */
record Settings(List<Source> sources) {

  private static final String PREFIX = "tracing.propagation.";

  /**
   * A source of settings.
   *
   * @param name for the log
   * @param key returns the key here of a property
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
   * @param first asked before all other sources
   */
  static Settings ofProcess(Function<String, @Nullable String> first) {
    List<Source> sources = new ArrayList<>();
    sources.add(Source.ofProperties("where it is registered", first));
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
   * @param agents looks for agents, whose headers are left to them
   */
  TracingPropagation propagation(Supplier<Agents> agents) {
    TracingPropagationBuilder builder = TracingPropagation.builder();
    read("providers", builder, value -> builder.providers(providers(items(value))));
    read(
        "additional-headers",
        builder,
        value -> builder.additionalHeaders(items(value).toArray(String[]::new)));
    read("forward-to", builder, value -> builder.forwardTo(destinations(items(value))));
    read("max-value-length", builder, value -> builder.maxValueLength(number(value)));
    try {
      return builder.build(agents);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(PREFIX + "forward-to: " + e.getMessage(), e);
    }
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

  private static List<String> items(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  private static TracingProvider[] providers(List<String> names) {
    if (isAlone("none", names)) {
      return new TracingProvider[0];
    }
    return isAlone("all", names)
        ? TracingProvider.values()
        : names.stream().map(Settings::provider).toArray(TracingProvider[]::new);
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
            + "\" is not a provider; allowed: all, none, or some of "
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

  private static Destinations destinations(List<String> hosts) {
    if (isAlone("any", hosts)) {
      return Destinations.any();
    }
    Destinations union = null;
    for (String host : hosts) {
      Destinations named =
          host.equalsIgnoreCase("in-mesh") ? Destinations.inMesh() : Destinations.hosts(host);
      union = union == null ? named : union.or(named);
    }
    return requireNonNull(union);
  }

  /** Tells whether the list is a keyword that means all of the list, in any case. */
  private static boolean isAlone(String keyword, List<String> items) {
    if (items.stream().noneMatch(keyword::equalsIgnoreCase)) {
      return false;
    }
    if (items.size() > 1) {
      throw new IllegalArgumentException(
          "\"" + keyword + "\" stands beside others; allowed: " + keyword + " alone");
    }
    return true;
  }
}
