// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Looks settings up in MicroProfile Config where the host has it (Quarkus, Open Liberty, WildFly,
 * Payara, Helidon), by reflection, since this library must not depend on it.
 *
 * @see <a href="https://microprofile.io/specifications/config/">MicroProfile Config, 2.0 or
 *     later</a>
 */
final class MicroProfileConfig {
  private static final String API = "org.eclipse.microprofile.config.";

  private MicroProfileConfig() {}

  /** Returns the look-up in the current application's configuration, or null if there is none. */
  static @Nullable Function<String, @Nullable String> find() {
    try {
      Object config = type("ConfigProvider").getMethod("getConfig").invoke(null);
      // A list, because the elements of a YAML list are properties of their own.
      Method getOptionalValues =
          type("Config").getMethod("getOptionalValues", String.class, Class.class);
      return key -> value(getOptionalValues, config, key);
    } catch (ClassNotFoundException | NoSuchMethodException | LinkageError e) {
      return null;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalStateException) {
        return null; // the API without an implementation, as many libraries bring it along
      }
      throw new IllegalArgumentException("MicroProfile Config: " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("MicroProfile Config: " + e, e);
    }
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(API + name, true, MicroProfileConfig.class.getClassLoader());
  }

  private static @Nullable String value(Method getOptionalValues, Object config, String key) {
    try {
      return ((Optional<?>) getOptionalValues.invoke(config, key, String.class))
          .map(values -> String.join(",", ((List<?>) values).toArray(String[]::new)))
          .orElse(null);
    } catch (InvocationTargetException e) {
      throw new IllegalArgumentException(key + ": " + e.getCause(), e);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException(key + ": " + e, e);
    }
  }
}
