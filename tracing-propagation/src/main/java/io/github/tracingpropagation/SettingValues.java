// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Parses the text of each setting. Lists are separated by commas; keywords are accepted in any
 * case.
 *
 * <p>For invalid text each method throws an {@link InvalidSettingException} with what is allowed.
 */
final class SettingValues {
  private SettingValues() {}

  /** Parses a list of header names, which the builder validates. */
  static String[] names(String value) {
    return items(value).toArray(String[]::new);
  }

  private static List<String> items(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  /** Parses {@code all}, {@code none} or a list of providers. */
  static TracingProvider[] providers(String value) {
    List<String> names = items(value);
    if (isAlone("none", names)) {
      return new TracingProvider[0];
    }
    return isAlone("all", names)
        ? TracingProvider.values()
        : names.stream().map(SettingValues::provider).toArray(TracingProvider[]::new);
  }

  private static TracingProvider provider(String name) {
    for (TracingProvider provider : TracingProvider.values()) {
      if (provider.name().equalsIgnoreCase(name)) {
        return provider;
      }
    }
    throw invalid(
        name,
        "is not a provider; allowed: all, none, or some of "
            + String.join(", ", Arrays.stream(TracingProvider.values()).map(Enum::name).toList())
                .toLowerCase(Locale.ROOT));
  }

  /** Parses a decimal number. */
  static int number(String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw invalid(value, "is not a whole number; allowed: a number of chars");
    }
  }

  /** Parses {@code any}, or a list of {@code in-mesh} and patterns. */
  static Destinations destinations(String value) {
    List<String> hosts = items(value);
    if (isAlone("any", hosts)) {
      return Destinations.any();
    }
    List<String> patterns = new ArrayList<>(hosts);
    boolean inMesh = patterns.removeIf("in-mesh"::equalsIgnoreCase);
    if (patterns.isEmpty()) {
      return Destinations.inMesh();
    }
    Destinations named = Destinations.hosts(patterns.toArray(String[]::new));
    return inMesh ? Destinations.inMesh().or(named) : named;
  }

  /** Returns whether the list consists of this keyword in any case; throws if it has others too. */
  private static boolean isAlone(String keyword, List<String> items) {
    if (items.stream().noneMatch(keyword::equalsIgnoreCase)) {
      return false;
    }
    if (items.size() > 1) {
      throw invalid(keyword, "cannot be combined with others; allowed: " + keyword + " alone");
    }
    return true;
  }

  /** {@link Settings} adds the key and the whole text. */
  private static InvalidSettingException invalid(String value, String problem) {
    return new InvalidSettingException("setting", null, value, "\"" + value + "\" " + problem);
  }
}
