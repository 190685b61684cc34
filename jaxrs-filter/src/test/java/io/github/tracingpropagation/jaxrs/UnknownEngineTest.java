// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.jaxrs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.tracingpropagation.TracingPropagation;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.glassfish.jersey.grizzly2.httpserver.GrizzlyHttpServerFactory;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the library says of a server on which it captures nothing. */
class UnknownEngineTest {
  private static final Logger LOGGER = Logger.getLogger(TracingPropagationFeature.class.getName());

  private final List<LogRecord> warnings = new ArrayList<>();
  private final Handler handler = new Recorder(warnings);

  @BeforeEach
  void record() {
    forget();
    LOGGER.addHandler(handler);
  }

  @AfterEach
  void stopRecording() {
    LOGGER.removeHandler(handler);
    forget();
  }

  @Test
  void hiddenEngine_isNamedOnce_howeverOftenTheApplicationStarts() {
    start();
    start();

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).getLevel()).isEqualTo(Level.WARNING);
    assertThat(warnings.get(0).getMessage())
        .contains("org.glassfish.jersey.", "not visible", "servlet filter", "RESTEasy or CXF");
  }

  @Test
  void unknownEngine_isNamedOnce() {
    UnknownEngine.warn(this);
    UnknownEngine.warn(this);

    assertThat(warnings).hasSize(1);
    assertThat(warnings.get(0).getMessage())
        .contains(UnknownEngineTest.class.getName() + " it is not known");
  }

  /** Starts an application with a class loader of its own. */
  private static void start() {
    ResourceConfig application =
        new ResourceConfig()
            .register(
                new HiddenEngine("org.glassfish.jersey.").feature(TracingPropagation.create()));
    GrizzlyHttpServerFactory.createHttpServer(URI.create("http://127.0.0.1:0/"), application)
        .shutdownNow();
  }

  private static void forget() {
    System.getProperties()
        .keySet()
        .removeIf(key -> key.toString().startsWith(UnknownEngine.class.getName()));
  }

  private static final class Recorder extends Handler {
    private final List<LogRecord> records;

    Recorder(List<LogRecord> records) {
      this.records = records;
    }

    @Override
    public void publish(LogRecord logged) {
      records.add(logged);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }
}
