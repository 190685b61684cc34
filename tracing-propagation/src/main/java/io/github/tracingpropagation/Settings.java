// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import io.github.tracingpropagation.adapter.Setting;
import java.util.ArrayList;
import java.util.List;
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

  /**
   * A source of settings.
   *
   * @param name for the log
   * @param key returns the key of a setting in this source
   * @param values returns the value of a key, or null
   */
  record Source(
      String name, Function<Setting, String> key, Function<String, @Nullable String> values) {

    static Source ofProperties(String name, Function<String, @Nullable String> values) {
      return new Source(name, Setting::key, values);
    }

    static Source ofVariables(Function<String, @Nullable String> values) {
      return new Source("environment variable", Setting::variable, values);
    }
  }

  /** The text of a setting, and where it was found. */
  private record Found(String key, String text, String source) {

    InvalidSettingException invalid(String value, String reason) {
      return new InvalidSettingException(key, text, value, reason);
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
    apply(Setting.PROVIDERS, builder, text -> builder.providers(SettingValues.providers(text)));
    Found headers =
        apply(
            Setting.ADDITIONAL_HEADERS,
            builder,
            text -> builder.additionalHeaders(SettingValues.names(text)));
    Found forwardTo =
        apply(
            Setting.FORWARD_TO,
            builder,
            text -> builder.forwardTo(SettingValues.destinations(text)));
    apply(
        Setting.MAX_VALUE_LENGTH,
        builder,
        text -> builder.maxValueLength(SettingValues.number(text)));
    String credential = builder.exposedCredential();
    Found exposing = forwardTo == null ? headers : forwardTo;
    if (credential != null && exposing != null) {
      throw exposing.invalid(
          credential,
          "\""
              + credential
              + "\" carries credentials: set "
              + Setting.FORWARD_TO.key()
              + " to hosts by name, such as ratings,*.internal.example.com; any and in-mesh are not"
              + " enough");
    }
    return builder.build(agents);
  }

  /** Applies a setting to the builder; returns null if no source contains it. */
  private @Nullable Found apply(
      Setting setting, TracingPropagationBuilder builder, Consumer<String> parser) {
    Found found = find(setting);
    if (found != null) {
      try {
        parser.accept(found.text.strip());
      } catch (InvalidSettingException e) {
        throw found.invalid(e.value(), e.reason());
      }
      builder.setBy(setting, found.source);
    }
    return found;
  }

  private @Nullable Found find(Setting setting) {
    for (Source source : sources) {
      String key = source.key().apply(setting);
      String text = source.values().apply(key);
      if (text != null && !text.isBlank()) {
        return new Found(key, text, source.name());
      }
    }
    return null;
  }
}
