// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.webflux;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** An endpoint of the actuator that calls, as a health contributor may. */
@Component
@Endpoint(id = "calls")
class CallingEndpoint {
  private final ReactiveClients clients;

  CallingEndpoint(ReactiveClients clients) {
    this.clients = clients;
  }

  @ReadOperation
  Mono<String> call(@Selector String client, @Selector String id) {
    return clients.call(client, id);
  }
}
