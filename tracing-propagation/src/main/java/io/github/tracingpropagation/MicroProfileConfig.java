// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import io.github.tracingpropagation.adapter.InvalidSettingException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads settings from MicroProfile Config if the host provides it (Quarkus, Open Liberty, WildFly,
 * Payara, Helidon); by reflection, because this library must not depend on it. Immutable.
 *
 * @see <a href="https://microprofile.io/specifications/config/">MicroProfile Config, 2.0 or
 *     later</a>
 */
final class MicroProfileConfig {
  private static final String API = "org.eclipse.microprofile.config.";

  private final Object config;
  private final Method getOptionalValues;
  private final Method getConfigValue;
  private final Method getRawValue;

  private MicroProfileConfig() throws ReflectiveOperationException {
    config = type("ConfigProvider").getMethod("getConfig").invoke(null);
    getOptionalValues = type("Config").getMethod("getOptionalValues", String.class, Class.class);
    getConfigValue = type("Config").getMethod("getConfigValue", String.class);
    getRawValue = type("ConfigValue").getMethod("getRawValue");
  }

  /** Returns a function from key to value in the application's configuration, or null. */
  static @Nullable Function<String, @Nullable String> find() {
    try {
      return new MicroProfileConfig()::value;
    } catch (ClassNotFoundException | NoSuchMethodException | LinkageError e) {
      return null;
    } catch (ReflectiveOperationException e) {
      if (e.getCause() instanceof IllegalStateException) {
        return null; // the API without an implementation; many libraries depend on it
      }
      throw new IllegalArgumentException("MicroProfile Config: " + e.getCause(), e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(API + name, true, MicroProfileConfig.class.getClassLoader());
  }

  /** Returns the value; for a list, which YAML turns into one property each, its elements. */
  private @Nullable String value(String key) {
    try {
      Object values = getOptionalValues.invoke(config, key, String.class);
      if (values instanceof Optional<?> optional && optional.orElse(null) instanceof List<?> list) {
        return String.join(",", list.toArray(String[]::new));
      }
      Object raw = getRawValue.invoke(getConfigValue.invoke(config, key));
      if (raw instanceof String text && !text.isBlank()) {
        // Not treated as absent: the default might forward more than the user allows.
        throw new InvalidSettingException(key, text, text, "cannot be resolved");
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(key + ": " + e.getCause(), e);
    }
  }
}
