// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.Map;

class WildFlyMicroProfileTest extends MicroProfileHostContract {
  @Override
  String name() {
    return "WildFly 39, standalone-microprofile";
  }

  @Override
  List<String> command(int port) throws Exception {
    return WildFly.command("standalone-microprofile.xml", "standalone-microprofile", port);
  }

  @Override
  Map<String, String> environment(int port) {
    return WildFly.environment();
  }
}
