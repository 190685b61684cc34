// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;

/** Applications on Quarkus: one of {@code host-tests/}, started by {@code java -jar}. */
abstract class QuarkusContract extends JakartaRestHostContract {
  private final String module;
  private final String registered;

  /**
   * Tests one application.
   *
   * @param module its folder
   * @param registered how the library is registered, as the host matrix says it
   */
  QuarkusContract(String module, String registered) {
    this.module = module;
    this.registered = registered;
  }

  @Override
  List<Way> ways() {
    return List.of(
        new Way(registered + ", JDK's client", "/sync?client=jdk", "/async?client=jdk"),
        new Way(registered + ", its client", "/sync", "/async"));
  }

  @Override
  String root() {
    return "";
  }

  @Override
  List<String> command(int port) {
    return command(module, port);
  }

  /** Returns the command that starts the application of a module. */
  static List<String> command(String module, int port) {
    return List.of(
        HostProcess.java(),
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-jar",
        HostProcess.built(module + "/target/quarkus-app/quarkus-run.jar").toString());
  }
}
