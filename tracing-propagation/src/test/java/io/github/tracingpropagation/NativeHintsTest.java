// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.HeaderLines;
import io.github.tracingpropagation.testing.NativeImage;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the jar tells the builder of a native image is there. */
class NativeHintsTest {

  @Test
  void methods_exist() throws Exception {
    assertThat(NativeImage.existing("tracing-propagation"))
        .isEqualTo(
            HeaderLines.GETTERS_HAVE_ALL
                ? List.of(TextMapGetter.class.getName() + ".getAll")
                : List.of());
  }
}
