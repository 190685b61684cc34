// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.Map;

class OpenLibertyTest extends MicroProfileHostContract {
  @Override
  String name() {
    return "Open Liberty 26, its RESTEasy";
  }

  @Override
  List<String> command(int port) {
    return List.of(HostProcess.built("open-liberty/target/wlp/bin/server").toString(), "run");
  }

  @Override
  Map<String, String> environment(int port) {
    return Map.of(
        "HTTP_PORT", Integer.toString(port),
        "WARS", wars(),
        "WLP_USER_DIR", HostProcess.built("open-liberty/target/usr").toString());
  }
}
