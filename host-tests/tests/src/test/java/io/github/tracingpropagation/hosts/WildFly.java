// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.testing.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Runs WildFly from a copy of its configuration, on free ports. */
final class WildFly {
  private static final Path HOME = HostProcess.built("wildfly/target/wildfly-39.0.1.Final");

  private WildFly() {}

  /** Deploys the web applications, and returns the command that starts the server. */
  static List<String> command(String configuration, String base, int port) throws IOException {
    Path server = HostProcess.built("wildfly/target/" + base);
    deploy(server, "feature", WarHostContract.wars() + ".war");
    deploy(server, "filter", WarHostContract.wars() + "-filter.war");
    deploy(server, "settings", WarHostContract.wars() + "-settings.war");
    return List.of(
        HOME.resolve("bin/standalone.sh").toString(),
        "-c",
        configuration,
        "-b",
        "127.0.0.1",
        "-Djboss.server.base.dir=" + server,
        "-Djboss.http.port=" + port,
        "-Djboss.https.port=" + Ports.free(),
        "-Djboss.management.http.port=" + Ports.free());
  }

  private static void deploy(Path server, String path, String war) throws IOException {
    Path deployed = server.resolve("deployments").resolve(path + ".war");
    Files.copy(Path.of(war), deployed, StandardCopyOption.REPLACE_EXISTING);
  }

  static Map<String, String> environment() {
    return Map.of("JBOSS_HOME", HOME.toString());
  }
}
