// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * Requests and tasks on virtual threads, on this JDK or one of {@code /usr/lib/jvm}; skipped where
 * none is 21 or newer, since older ones have no virtual threads.
 */
class ServletVirtualThreadsTest extends StarterContract {
  @Override
  RunningApplication start(String downstream) throws Exception {
    Optional<Path> java = newerJava();
    Assumptions.assumeTrue(java.isPresent(), "no JDK 21 or newer");
    return ApplicationProcess.start(
        ApplicationProcess.Settings.of("virtual-threads")
            .java(java.get())
            .arguments("--spring.threads.virtual.enabled=true"),
        downstream);
  }

  private static Optional<Path> newerJava() throws Exception {
    if (Runtime.version().feature() >= 21) {
      return Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
    }
    try (Stream<Path> homes = Files.list(Path.of("/usr/lib/jvm"))) {
      return homes
          .filter(home -> feature(home) >= 21)
          .map(home -> home.resolve("bin/java"))
          .filter(Files::isExecutable)
          .findFirst();
    }
  }

  private static int feature(Path home) {
    try (Stream<String> lines = Files.lines(home.resolve("release"))) {
      return lines
          .filter(line -> line.startsWith("JAVA_VERSION="))
          .map(line -> line.replaceAll("^JAVA_VERSION=\"(\\d+).*$", "$1"))
          .mapToInt(Integer::parseInt)
          .findFirst()
          .orElse(0);
    } catch (Exception e) {
      return 0;
    }
  }

  @Override
  Stream<Way> ways() {
    return Way.ALL.stream().filter(way -> !way.name().startsWith("empty-block"));
  }
}
