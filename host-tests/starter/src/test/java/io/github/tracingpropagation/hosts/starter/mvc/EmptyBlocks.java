// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import io.github.tracingpropagation.CapturedHeaders;
import io.opentelemetry.context.Scope;
import java.util.concurrent.CompletableFuture;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Calls in a block that forwards nothing: code that knows the library. */
@RestController
class EmptyBlocks {
  private final Clients clients;
  private final AsyncCalls asyncCalls;

  EmptyBlocks(Clients clients, AsyncCalls asyncCalls) {
    this.clients = clients;
    this.asyncCalls = asyncCalls;
  }

  @GetMapping("/empty-block/{client}")
  String call(@PathVariable("client") String client, @RequestParam("id") String id) {
    try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
      return clients.call(client, id);
    }
  }

  @GetMapping("/empty-block-async/{client}")
  CompletableFuture<String> async(
      @PathVariable("client") String client, @RequestParam("id") String id) {
    try (Scope scope = CapturedHeaders.empty().makeCurrent()) {
      return asyncCalls.call(client, id);
    }
  }
}
