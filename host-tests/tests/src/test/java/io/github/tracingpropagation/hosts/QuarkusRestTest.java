// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;

class QuarkusRestTest extends HostContract {
  @Override
  String name() {
    return "Quarkus 3.33, Quarkus REST";
  }

  @Override
  List<Way> ways() {
    return List.of(new Way("feature", "/sync", "/async"));
  }

  @Override
  List<String> command(int port) {
    return List.of(
        HostProcess.java(),
        "-Dquarkus.http.host=127.0.0.1",
        "-Dquarkus.http.port=" + port,
        "-jar",
        HostProcess.built("quarkus-rest/target/quarkus-app/quarkus-run.jar").toString());
  }
}
