// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.webflux;

import java.time.Duration;
import java.util.Set;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Calls on an event loop, a timer's thread, or one that may block. */
@RestController
class ReactiveController {
  private final ReactiveClients clients;

  ReactiveController(ReactiveClients clients) {
    this.clients = clients;
  }

  @GetMapping("/clients")
  Set<String> clients() {
    return clients.names();
  }

  @GetMapping("/{way}/{client}")
  Mono<String> call(
      @PathVariable("way") String way,
      @PathVariable("client") String client,
      @RequestParam("id") String id) {
    Mono<String> call = Mono.defer(() -> clients.call(client, id));
    return switch (way) {
      case "plain" -> call;
      case "flat-map" -> clients.call("web-client", "first").flatMap(answer -> call);
      case "delay" -> Mono.delay(Duration.ofMillis(1)).flatMap(tick -> call);
      case "bounded-elastic" -> call.subscribeOn(Schedulers.boundedElastic());
      case "parallel" -> Mono.zip(call, Mono.delay(Duration.ofMillis(1)), (answer, tick) -> answer);
      default -> Mono.error(new IllegalArgumentException(way));
    };
  }
}
