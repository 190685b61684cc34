// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Matrix;
import io.github.tracingpropagation.testing.Readme;
import org.junit.jupiter.api.Test;

class ServletMatrixTest {
  @Test
  void readme_showsWhatEachContainerIsTestedFor() throws Exception {
    assertThat(Readme.part("servlet matrix"))
        .isEqualTo(
            Matrix.of(
                TomcatServletFilterTest.class,
                JettyEe10ServletFilterTest.class,
                JettyEe11ServletFilterTest.class,
                UndertowServletFilterTest.class,
                TomcatVirtualThreadsTest.class,
                JettyVirtualThreadsTest.class));
  }
}
