// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.gateway;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.cloud.gateway.mvc.ProxyExchange;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** A proxy in a controller of Spring MVC. */
@RestController
public class ProxyController {
  @Value("${downstream}")
  private String downstream;

  @GetMapping("/proxy/{id}")
  ResponseEntity<?> get(@PathVariable("id") String id, ProxyExchange<byte[]> proxy) {
    return proxy.uri(downstream + "/" + id).get();
  }
}
