// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.gateway.ReactiveProxyController;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;

/** A proxy that a controller gets as an argument: {@code ProxyExchange}. */
@Tag("webflux")
class GatewayProxyWebFluxTest extends GatewayContract {
  GatewayProxyWebFluxTest() {
    super(WebApplicationType.REACTIVE);
  }

  @Override
  List<Class<?>> sources() {
    return List.of(ReactiveProxyController.class);
  }

  @Override
  String path(String id) {
    return "/proxy/" + id;
  }
}
