// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a hop allocates, to the byte. It is counted in a JVM that only interprets: a compiler leaves
 * out objects that do not escape, now more of them and now fewer.
 */
class AllocationTest {

  @ParameterizedTest
  @CsvSource({
    "TOMCAT, TYPICAL, OURS, 200",
    "JETTY, TYPICAL, OURS, 200",
    "TOMCAT, TYPICAL, OURS_ZIPKIN, 200",
    "TOMCAT, NONE, OURS, 120",
    "JETTY, NONE, OURS, 120",
  })
  void hop_ofThisLibrary_staysWithinItsBudget(
      String server, String arrival, String contender, long budget) throws Exception {
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xint",
                "-cp",
                System.getProperty("java.class.path"),
                AllocationProbe.class.getName(),
                server,
                arrival,
                contender)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String bytes = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(probe.waitFor()).isZero();
    assertThat(Long.parseLong(bytes.strip())).as("bytes of a hop").isBetween(1L, budget);
  }
}
