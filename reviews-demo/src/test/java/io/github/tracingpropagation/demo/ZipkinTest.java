// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class ZipkinTest {
  @Test
  void missingJar_isReportedWithTheWayOut(@TempDir Path folder) {
    assertThatThrownBy(() -> Zipkin.start(folder.resolve("zipkin.jar")))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(folder.toString(), "build again", "--zipkin=URL");
  }

  @Test
  void invalidJar_isReportedWithTheOutputOfJava(@TempDir Path folder) throws Exception {
    Path jar = Files.writeString(folder.resolve("zipkin.jar"), "no jar");

    assertThatThrownBy(() -> Zipkin.start(jar))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("Zipkin does not start", "zipkin.jar");
  }
}
