// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;

/** Spring Cloud Gateway on WebFlux, which calls with a client of its own. */
@Tag("webflux")
class GatewayWebFluxTest extends GatewayContract {
  GatewayWebFluxTest() {
    super(WebApplicationType.REACTIVE);
  }

  @Test
  void headersThatTheRouteRemoves_doNotLeave() {
    try (LocalApplication gateway = start(removed().toArray(String[]::new))) {
      assertLeaves(gateway, Outcome.NOTHING);
    }
  }
}
