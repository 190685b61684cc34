// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

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

  /** Each web application has its own copy of the library. */
  @Test
  @Order(4)
  void refusal_isLoggedOncePerApplication() {
    assertThat(warnings()).hasSizeBetween(1, 3);
  }
}
