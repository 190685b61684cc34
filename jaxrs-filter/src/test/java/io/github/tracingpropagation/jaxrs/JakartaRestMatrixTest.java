// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.testing.Matrix;
import io.github.tracingpropagation.testing.Readme;
import org.junit.jupiter.api.Test;

class JakartaRestMatrixTest {
  @Test
  void readme_showsWhatRunsInEachServer() throws Exception {
    assertThat(Readme.part("jakarta rest server matrix"))
        .isEqualTo(
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
  void readme_showsWhatRunsWithEachClient() throws Exception {
    assertThat(Readme.part("jakarta rest client matrix"))
        .isEqualTo(
            Matrix.of(JerseyClientTest.class, ResteasyClientTest.class, CxfClientTest.class));
  }
}
