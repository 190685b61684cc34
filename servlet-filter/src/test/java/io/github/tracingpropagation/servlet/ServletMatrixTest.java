// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.servlet;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Matrix;
import org.junit.jupiter.api.Test;

class ServletMatrixTest {
  @Test
  void docs_showWhatEachContainerIsTestedFor() throws Exception {
    Docs.assertPart(
        "servlet matrix",
        Matrix.of(
            TomcatServletFilterTest.class,
            JettyEe10ServletFilterTest.class,
            JettyEe11ServletFilterTest.class,
            UndertowServletFilterTest.class,
            TomcatVirtualThreadsTest.class,
            JettyVirtualThreadsTest.class));
  }
}
