// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.io.File;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Its Jersey and its client, on a virtual thread for each request. It needs a JDK 21. */
@EnabledIfSystemProperty(named = "newer.jdk", matches = ".+")
class HelidonMpTest extends JakartaRestHostContract {
  @Override
  String name() {
    return "Helidon MP 4.4";
  }

  @Override
  List<Way> ways() {
    return List.of(
        new Way("feature, JDK's client", "/sync?client=jdk", "/async?client=jdk"),
        new Way("feature, its client", "/sync", "/async"));
  }

  @Override
  String root() {
    return "";
  }

  @Override
  List<String> command(int port) {
    return List.of(
        System.getProperty("newer.jdk") + "/bin/java",
        "-Dserver.host=127.0.0.1",
        "-Dserver.port=" + port,
        "-cp",
        HostProcess.built("helidon-mp/target/classes")
            + File.pathSeparator
            + HostProcess.built("helidon-mp/target/libs")
            + "/*",
        "io.helidon.Main");
  }

  @Override
  @Test
  @Order(2)
  void taskOnTheHostsPool_seesNoHeadersOfAnotherRequest() throws Exception {
    assertHostsPoolForwardsNothing();
  }
}
