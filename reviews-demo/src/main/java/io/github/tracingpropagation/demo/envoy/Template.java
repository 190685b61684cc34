// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.envoy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A YAML file with places such as <code>${port}</code>. */
final class Template {
  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private Template() {}

  /**
   * Returns the file's text without its comment at the start, each place replaced. Lines after the
   * first of a value get the indentation of the place's line.
   *
   * @throws IllegalArgumentException if a place has no value
   */
  static String fill(String file, Map<String, String> values) {
    return read(file)
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> fillLine(file, line, values))
        .collect(Collectors.joining("\n"));
  }

  private static String fillLine(String file, String line, Map<String, String> values) {
    String indentation = line.substring(0, line.length() - line.stripLeading().length());
    return PLACE
        .matcher(line)
        .replaceAll(
            place -> {
              String value = values.get(place.group(1));
              if (value == null) {
                throw new IllegalArgumentException(file + ": no value of " + place.group(1));
              }
              return Matcher.quoteReplacement(value.replace("\n", "\n" + indentation));
            });
  }

  private static String read(String file) {
    try (InputStream in = requireNonNull(Template.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
