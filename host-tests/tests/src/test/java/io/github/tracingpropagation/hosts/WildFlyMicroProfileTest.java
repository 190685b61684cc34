// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class WildFlyMicroProfileTest extends MicroProfileHostContract {
  @Override
  String name() {
    return "WildFly 39, standalone-microprofile";
  }

  @Override
  List<String> command(int port) throws Exception {
    return WildFly.command(withoutTracer(), "standalone-microprofile", port);
  }

  /**
   * Writes the configuration without WildFly's own tracer, which on another thread than the
   * request's continues the traces of other requests, also in a client without the library.
   */
  private static String withoutTracer() throws IOException {
    Path folder = HostProcess.built("wildfly/target/standalone-microprofile/configuration");
    List<String> lines = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("standalone-microprofile.xml"))) {
      if (!line.contains("telemetry")) {
        lines.add(line);
      }
    }
    Files.write(folder.resolve("without-tracer.xml"), lines);
    return "without-tracer.xml";
  }

  @Override
  Map<String, String> environment(int port) {
    return WildFly.environment();
  }
}
