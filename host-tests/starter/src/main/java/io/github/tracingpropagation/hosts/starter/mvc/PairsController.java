// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Of two requests the first one waits, and calls where the thread of the second one continues. */
@RestController
class PairsController {
  private final Clients clients;
  private final AtomicInteger arrived = new AtomicInteger();
  private final BlockingQueue<CompletableFuture<String>> waiting = new LinkedBlockingQueue<>();

  PairsController(Clients clients) {
    this.clients = clients;
  }

  /** The first request returns a chain. */
  @GetMapping("/pair-mono/{client}")
  Mono<String> mono(@PathVariable("client") String client, @RequestParam("id") String id)
      throws InterruptedException {
    CompletableFuture<String> event = first();
    return event == null
        ? clients.mono(client, id)
        : Mono.fromFuture(event).cache().flatMap(next -> clients.mono(client, id));
  }

  /** The first request blocks for a chain. */
  @GetMapping("/pair-block/{client}")
  String block(@PathVariable("client") String client, @RequestParam("id") String id)
      throws InterruptedException {
    CompletableFuture<String> event = first();
    return event == null
        ? clients.call(client, id)
        : Mono.fromFuture(event).cache().flatMap(next -> clients.mono(client, id)).block();
  }

  /** The first request's call is in a consumer. */
  @GetMapping("/pair-subscribe/{client}")
  CompletableFuture<String> subscribe(
      @PathVariable("client") String client, @RequestParam("id") String id)
      throws InterruptedException {
    CompletableFuture<String> event = first();
    if (event == null) {
      return CompletableFuture.completedFuture(clients.call(client, id));
    }
    CompletableFuture<String> answer = new CompletableFuture<>();
    Mono.fromFuture(event).subscribe(next -> answer.complete(clients.call(client, id)));
    return answer;
  }

  /** The first request's function is wrapped as Spring and Reactor wrap theirs. */
  @GetMapping("/pair-snapshot/{client}")
  CompletableFuture<String> snapshot(
      @PathVariable("client") String client, @RequestParam("id") String id) throws Exception {
    CompletableFuture<String> event = first();
    if (event == null) {
      return CompletableFuture.completedFuture(clients.call(client, id));
    }
    // Not in a field: without the starter an application need not have the class.
    ContextSnapshot snapshot = ContextSnapshotFactory.builder().build().captureAll();
    CompletableFuture<String> answer = new CompletableFuture<>();
    event.thenAccept(
        snapshot.wrap((String next) -> answer.complete(clients.call(client, id))));
    return answer;
  }

  /** Returns what the first request waits for; null in the second one, which has completed it. */
  private CompletableFuture<String> first() throws InterruptedException {
    if (arrived.getAndIncrement() % 2 == 0) {
      CompletableFuture<String> event = new CompletableFuture<>();
      waiting.add(event);
      return event;
    }
    CompletableFuture<String> event = waiting.poll(60, TimeUnit.SECONDS);
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (event.getNumberOfDependents() == 0) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("nobody waits");
      }
      Thread.sleep(1); // a spin would take the processor from the one it waits for
    }
    event.complete("next");
    return null;
  }
}
