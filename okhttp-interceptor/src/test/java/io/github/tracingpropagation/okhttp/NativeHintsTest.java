// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.ReflectionRecorder;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is all that it finds by reflection. */
class NativeHintsTest {

  @Test
  void reflectiveCalls_areRegistered() throws Exception {
    assertThat(ReflectionRecorder.record(Ways.class, "tracing-propagation-okhttp-interceptor"))
        .allMatch(call -> call.startsWith("registered "))
        .hasSize(CallTagHeaders.SUPPORTED ? 2 : 0);
  }

  /** Run in a JVM of its own. */
  public static final class Ways {
    private Ways() {}

    public static void main(String[] args) {
      assertThat(CallTagHeaders.SUPPORTED).isIn(true, false);
    }
  }
}
