// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.ChildProcess;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A Zipkin server with in-memory storage: a child process that listens on a free loopback port, and
 * ends when this process ends, even if that is killed. Threads may share it.
 */
final class ZipkinServer implements AutoCloseable {
  private static final Pattern SERVING = Pattern.compile("Serving HTTP at .* (http://\\S+?)/?$");

  private final ChildProcess process;

  private ZipkinServer(ChildProcess process) {
    this.process = process;
  }

  /** Returns the path of Zipkin's jar, which the build puts beside the demo's jar or classes. */
  static Path jar() {
    return Path.of(
            URI.create(
                ZipkinServer.class.getProtectionDomain().getCodeSource().getLocation().toString()))
        .resolveSibling("zipkin-server-slim.jar");
  }

  /**
   * Starts the server and waits until it listens, at most 60 s.
   *
   * @throws IOException if it does not start
   */
  static ZipkinServer start(Path jar) throws IOException, InterruptedException {
    if (!Files.exists(jar)) {
      throw new IOException(
          "Zipkin's jar is missing: "
              + jar
              + "; build again, or take a Zipkin that runs by --zipkin=URL");
    }
    List<String> command =
        List.of(
            System.getProperty("java.home") + File.separator + "bin/java",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-jar",
            jar.toString(),
            "--armeria.ports[0].ip=127.0.0.1",
            "--armeria.ports[0].port=0",
            "--armeria.ports[0].protocols[0]=http");
    return new ZipkinServer(ChildProcess.start("Zipkin", command, Map.of(), SERVING));
  }

  /** Returns the base URI. */
  URI uri() {
    return URI.create(process.serving());
  }

  @Override
  public void close() {
    process.close();
  }
}
