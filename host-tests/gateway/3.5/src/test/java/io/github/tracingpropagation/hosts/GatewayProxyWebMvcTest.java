// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.gateway.ProxyController;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.springframework.boot.WebApplicationType;

/** A proxy that a controller gets as an argument: {@code ProxyExchange}. */
@Tag("webmvc")
class GatewayProxyWebMvcTest extends GatewayContract {
  GatewayProxyWebMvcTest() {
    super(WebApplicationType.SERVLET);
  }

  @Override
  List<Class<?>> sources() {
    return List.of(ProxyController.class);
  }

  @Override
  String path(String id) {
    return "/proxy/" + id;
  }
}
