// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;

/** Spring Boot as it comes, with the filter, {@code RestClient} and OkHttp. */
abstract class SpringBootContract extends HostContract {
  abstract String version();

  @Override
  final String name() {
    return "Spring Boot " + version();
  }

  @Override
  final List<Way> ways() {
    return List.of(
        new Way("servlet filter; `RestClient`", "/rest-client/sync", "/rest-client/async"),
        new Way("servlet filter; OkHttp", "/okhttp/sync", "/okhttp/async"));
  }

  @Override
  final List<String> command(int port) {
    String folder = "spring-boot-" + version();
    return List.of(
        HostProcess.java(),
        "-jar",
        HostProcess.built(
                folder + "/target/tracing-propagation-host-" + folder + "-0.1.0-SNAPSHOT.jar")
            .toString(),
        "--server.address=127.0.0.1",
        "--server.port=" + port,
        "--management.otlp.metrics.export.enabled=false");
  }
}
