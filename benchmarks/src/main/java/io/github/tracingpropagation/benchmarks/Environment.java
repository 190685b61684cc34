// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** What a measurement runs in: nothing that names the machine. */
final class Environment {
  private Environment() {}

  /**
   * Returns it.
   *
   * @param how how it is measured
   */
  static Map<String, String> of(String how) throws IOException {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("date", LocalDate.now(ZoneOffset.UTC).toString());
    environment.put(
        "jdk",
        System.getProperty("java.runtime.version") + ", " + System.getProperty("java.vm.vendor"));
    environment.put(
        "system",
        System.getProperty("os.name")
            + " on "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores");
    environment.put("how", how);
    environment.putAll(versions());
    return environment;
  }

  /** Returns the release of each library that this module is built with. */
  private static Map<String, String> versions() throws IOException {
    Properties versions = new Properties();
    try (InputStream in = Environment.class.getResourceAsStream("versions.properties")) {
      versions.load(requireNonNull(in));
    }
    Map<String, String> sorted = new TreeMap<>();
    versions.stringPropertyNames().forEach(key -> sorted.put(key, versions.getProperty(key)));
    return sorted;
  }
}
