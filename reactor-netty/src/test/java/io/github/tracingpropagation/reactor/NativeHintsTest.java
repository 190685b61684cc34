// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.reactor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.ReflectiveCalls;
import org.junit.jupiter.api.Test;

/** The jar needs no metadata for native images. */
class NativeHintsTest {

  @Test
  void module_makesNoReflectiveCall() throws Exception {
    assertThat(ReflectiveCalls.in(ReactorNettyTracingPropagation.class)).isEmpty();
  }
}
