// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import io.github.tracingpropagation.testing.Docs;
import io.github.tracingpropagation.testing.Matrix;
import org.junit.jupiter.api.Test;

class JakartaRestMatrixTest {
  @Test
  void docs_showWhatRunsInEachServer() throws Exception {
    Docs.assertPart(
        "jakarta rest server matrix",
        Matrix.of(
            JerseyServerTest.class,
            JerseyServletServerTest.class,
            ResteasyServerTest.class,
            ResteasyBeneathFilterServerTest.class,
            CxfServerTest.class,
            CxfBeneathFilterServerTest.class,
            OtherEngineBeneathFilterServerTest.class));
  }

  @Test
  void docs_showWhatRunsWithEachClient() throws Exception {
    Docs.assertPart(
        "jakarta rest client matrix",
        Matrix.of(JerseyClientTest.class, ResteasyClientTest.class, CxfClientTest.class));
  }
}
