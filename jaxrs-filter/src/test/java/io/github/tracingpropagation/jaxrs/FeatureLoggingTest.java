// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import io.github.tracingpropagation.testing.Log;
import jakarta.ws.rs.core.Feature;
import java.net.URI;
import java.util.logging.Level;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.Test;

/** The lines that the feature logs when it is registered with a server. */
class FeatureLoggingTest {
  @Test
  void engineThatCannotBeLoaded_warnsOnce() {
    Feature feature =
        new EngineHidingClassLoader("org.glassfish.jersey.").feature(TracingPropagation.create());
    try (Log log = Log.open()) {
      start(feature);
      start(feature);

      assertThat(log.warnings())
          .singleElement()
          .asString()
          .contains("org.glassfish.jersey.", "cannot load", "servlet filter", "RESTEasy or CXF");
      assertThat(log.messages(Level.INFO)).isEmpty();
    }
  }

  @Test
  void supportedEngine_logsSettingsOnce() {
    TracingPropagation settings = TracingPropagation.builder().maxValueLength(77).build();
    try (Log log = Log.open()) {
      start(new TracingPropagationFeature(settings));
      start(new TracingPropagationFeature(settings));

      assertThat(log.messages(Level.INFO))
          .containsExactly("Jakarta REST application captures with " + settings);
    }
  }

  private static void start(Feature feature) {
    GrizzlyHttpServerFactory.createHttpServer(
            URI.create("http://127.0.0.1:0/"), new ResourceConfig().register(feature))
        .shutdownNow();
  }
}
