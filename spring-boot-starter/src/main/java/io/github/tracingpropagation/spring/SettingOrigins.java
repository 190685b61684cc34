// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.spring;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/** Where a property was set: a file and a line, an environment variable, an argument. */
record SettingOrigins(ConfigurableEnvironment environment) {

  /** Returns where a property, or the first element of a list, was set; null if nowhere. */
  @Nullable String of(String key) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of(key);
    List<ConfigurationPropertyName> names = List.of(name, name.append("[0]"));
    for (ConfigurationPropertySource source :
        ConfigurationPropertySources.from(environment.getPropertySources())) {
      for (ConfigurationPropertyName each : names) {
        ConfigurationProperty property = source.getConfigurationProperty(each);
        if (property != null) {
          return describe(property, source);
        }
      }
    }
    return null;
  }

  private static String describe(
      ConfigurationProperty property, ConfigurationPropertySource source) {
    Origin origin = property.getOrigin();
    if (origin != null) {
      return origin.toString();
    }
    return source.getUnderlyingSource() instanceof PropertySource<?> named
        ? named.getName()
        : source.toString();
  }
}
