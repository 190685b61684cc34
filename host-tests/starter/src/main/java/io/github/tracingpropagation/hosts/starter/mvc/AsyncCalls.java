// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import java.util.concurrent.CompletableFuture;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

@Component
class AsyncCalls {
  private final Clients clients;

  AsyncCalls(Clients clients) {
    this.clients = clients;
  }

  @Async
  CompletableFuture<String> call(String client, String id) {
    return CompletableFuture.completedFuture(clients.call(client, id));
  }

  @Scheduled(cron = "${scheduled}")
  void regularly() {
    clients.call("rest-client", "scheduled");
  }
}
