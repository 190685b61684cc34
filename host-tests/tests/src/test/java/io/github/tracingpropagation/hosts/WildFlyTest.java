// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.List;
import java.util.Map;

class WildFlyTest extends WarHostContract {
  @Override
  String name() {
    return "WildFly 39";
  }

  @Override
  List<String> command(int port) throws Exception {
    return WildFly.command("standalone.xml", "standalone", port);
  }

  @Override
  Map<String, String> environment(int port) {
    return WildFly.environment();
  }
}
