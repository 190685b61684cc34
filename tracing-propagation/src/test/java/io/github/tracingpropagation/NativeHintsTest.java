// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NativeImage;
import io.github.tracingpropagation.testing.ReflectionRecorder;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is there. */
class NativeHintsTest {

  @Test
  void methods_exist() throws Exception {
    List<String> existing = NativeImage.existing("tracing-propagation");

    assertThat(existing.contains(TextMapGetter.class.getName() + ".getAll"))
        .isEqualTo(HeaderLines.GETTERS_HAVE_ALL);
    assertThat(existing)
        .contains(
            "org.eclipse.microprofile.config.ConfigProvider.getConfig",
            "org.eclipse.microprofile.config.Config.getOptionalValues",
            "org.eclipse.microprofile.config.Config.getConfigValue",
            "org.eclipse.microprofile.config.ConfigValue.getRawValue");
  }

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    assertThat(ReflectionRecorder.record(Ways.class, "tracing-propagation"))
        .allMatch(call -> call.startsWith("registered "))
        // Five agents; MicroProfile's three types, and its four methods, found and called.
        .hasSize(5 + 3 + 4 + 4);
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    public static void main(String[] args) {
      TracingPropagation.fromEnvironment();
    }
  }
}
