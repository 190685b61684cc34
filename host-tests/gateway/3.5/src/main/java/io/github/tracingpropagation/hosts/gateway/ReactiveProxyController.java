// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.gateway;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.webflux.ProxyExchange;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** A proxy in a controller of WebFlux. */
@RestController
public class ReactiveProxyController {
  @Value("${downstream}")
  private String downstream;

  @GetMapping("/proxy/{id}")
  Mono<? extends ResponseEntity<?>> get(
      @PathVariable("id") String id, ProxyExchange<byte[]> proxy) {
    return proxy.uri(downstream + "/" + id).get();
  }
}
