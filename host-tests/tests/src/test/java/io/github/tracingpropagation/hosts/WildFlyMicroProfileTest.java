// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Its tracer writes no header: after a suspended request it leaves its context on the thread, and
 * writes that request's {@code traceparent} to calls of later ones, also in an application without
 * this library.
 */
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
    Map<String, String> environment = new HashMap<>(WildFly.environment());
    environment.put("OTEL_PROPAGATORS", "none");
    return environment;
  }
}
