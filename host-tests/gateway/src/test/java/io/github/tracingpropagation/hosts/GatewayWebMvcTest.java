// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Spring Cloud Gateway on Spring MVC, which calls with a client from Spring Boot's builder. */
@Tag("webmvc")
class GatewayWebMvcTest extends GatewayContract {
  GatewayWebMvcTest() {
    super(WebApplicationType.SERVLET);
  }

  /** The starter sees a request without headers, and the host may receive them. */
  @Test
  void headersThatTheRouteRemoves_leaveAllTheSame() {
    try (LocalApplication gateway = start(removed().toArray(String[]::new))) {
      assertLeaves(gateway, Outcome.OWN);
    }
  }

  @Test
  void headersThatTheRouteRemoves_forwardToNamesOtherHosts_doNotLeave() {
    List<String> properties = new ArrayList<>(removed());
    properties.add("tracing.propagation.forward-to=other");
    try (LocalApplication gateway = start(properties.toArray(String[]::new))) {
      assertLeaves(gateway, Outcome.NOTHING);
    }
  }
}
