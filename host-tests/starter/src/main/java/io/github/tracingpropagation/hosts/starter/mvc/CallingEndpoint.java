// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;

/** An endpoint of the actuator that calls, as a health contributor may. */
@Component
@Endpoint(id = "calls")
class CallingEndpoint {
  private final Clients clients;

  CallingEndpoint(Clients clients) {
    this.clients = clients;
  }

  @ReadOperation
  String call(@Selector String client, @Selector String id) {
    return clients.call(client, id);
  }
}
