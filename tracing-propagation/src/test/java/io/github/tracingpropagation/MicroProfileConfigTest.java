// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Settings from microprofile-config.properties, read with SmallRye's implementation. */
class MicroProfileConfigTest {
  private static final String FORWARD_TO = "tracing.propagation.forward-to";

  @TempDir private Path application;

  @Test
  void propertiesFile_isRead() throws Exception {
    assertThat(fromEnvironment(FORWARD_TO + "=in-mesh, *.example.com"))
        .asString()
        .contains("forward-to=(inMesh() or hosts(*.example.com)) (MicroProfile Config)");
  }

  /** YAML lists become indexed properties; if they were ignored, every host would be allowed. */
  @Test
  void indexedProperties_areReadAsAList() throws Exception {
    assertThat(fromEnvironment(FORWARD_TO + "[0]=ratings\n" + FORWARD_TO + "[1]=reviews"))
        .asString()
        .contains("forward-to=hosts(ratings, reviews) (MicroProfile Config)");
  }

  @Test
  void settingOfTheRegistration_hasPrecedence() throws Exception {
    inApplication(
        FORWARD_TO + "=in-mesh",
        () ->
            assertThat(TracingPropagation.fromEnvironment(MicroProfileConfigTest::first))
                .asString()
                .contains("forward-to=hosts(ratings) (where it is registered)"));
  }

  private static String first(String key) {
    return key.equals(FORWARD_TO) ? "ratings" : "";
  }

  @Test
  void invalidSetting_messageContainsKeyAndValue() {
    assertThatThrownBy(() -> fromEnvironment(FORWARD_TO + "=http://ratings"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(FORWARD_TO + "=http://ratings: ");
  }

  @Test
  void expressionThatCannotBeResolved_throws() {
    assertThatThrownBy(() -> fromEnvironment(FORWARD_TO + "=${nowhere}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(FORWARD_TO)
        .hasMessageContaining("nowhere");
  }

  @Test
  void noSetting_isTheDefault() throws Exception {
    assertThat(fromEnvironment("other=1")).hasToString(TracingPropagation.create().toString());
  }

  private TracingPropagation fromEnvironment(String properties) throws Exception {
    TracingPropagation[] propagation = new TracingPropagation[1];
    inApplication(properties, () -> propagation[0] = TracingPropagation.fromEnvironment());
    return propagation[0];
  }

  /** Runs with a context class loader that contains the file, as in an application. */
  private void inApplication(String properties, Runnable start) throws Exception {
    Path file = application.resolve("META-INF/microprofile-config.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, properties);
    Thread thread = Thread.currentThread();
    ClassLoader outer = thread.getContextClassLoader();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {application.toUri().toURL()}, outer)) {
      thread.setContextClassLoader(loader);
      try {
        start.run();
      } finally {
        thread.setContextClassLoader(outer);
      }
    }
  }
}
