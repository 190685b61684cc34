// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.frameworks;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import reactor.core.publisher.Mono;

/** A future that another request completes, and a cached {@code Mono} of it. */
final class Parked {
  private final Queue<String> waiting;
  private volatile CompletableFuture<String> future = new CompletableFuture<>();
  private volatile Mono<String> cached = chain().cache();

  Parked(Queue<String> waiting) {
    this.waiting = waiting;
  }

  Mono<String> chain() {
    return Mono.fromFuture(future);
  }

  Mono<String> cached() {
    return cached;
  }

  /** Returns a chain that says that it waits, once it is subscribed to. */
  Mono<String> add(Mono<String> chain) {
    return Mono.create(
        sink -> {
          chain.subscribe(sink::success, sink::error);
          waiting.add("parked");
        });
  }

  void complete() {
    CompletableFuture<String> completed = future;
    future = new CompletableFuture<>();
    cached = chain().cache();
    completed.complete("go");
  }
}
