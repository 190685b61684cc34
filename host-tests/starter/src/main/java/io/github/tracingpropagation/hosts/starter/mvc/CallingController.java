// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.WebAsyncTask;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Calls on the request's thread, or on another one that Spring or the application chooses. */
@RestController
class CallingController {
  private final Clients clients;
  private final AsyncCalls asyncCalls;
  private final AsyncTaskExecutor executor;
  private final ExecutorService ownPool =
      Executors.newFixedThreadPool(2, CallingController::daemon);

  CallingController(
      Clients clients,
      AsyncCalls asyncCalls,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor) {
    this.clients = clients;
    this.asyncCalls = asyncCalls;
    this.executor = executor;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "own-pool");
    thread.setDaemon(true);
    return thread;
  }

  @GetMapping("/clients")
  Set<String> clients() {
    return clients.all().keySet();
  }

  @GetMapping("/{way}/{client}")
  Object call(
      @PathVariable("way") String way,
      @PathVariable("client") String client,
      @RequestParam("id") String id) {
    Callable<String> call = () -> clients.call(client, id);
    return switch (way) {
      case "plain" -> clients.call(client, id);
      case "async" -> asyncCalls.call(client, id);
      case "callable" -> call;
      case "web-async-task" -> new WebAsyncTask<>(call);
      case "completable-future" -> executor.submitCompletable(call);
      case "then-apply-async" ->
          CompletableFuture.supplyAsync(() -> id, executor)
              .thenApplyAsync(next -> clients.call(client, next), executor);
      case "own-pool" -> CompletableFuture.supplyAsync(() -> clients.call(client, id), ownPool);
      case "common-pool" -> CompletableFuture.supplyAsync(() -> clients.call(client, id));
      case "mono" -> clients.mono(client, id);
      case "mono-second" -> clients.second(client, id);
      case "second-block" -> clients.second(client, id).block();
      case "capture-block" ->
          clients
              .mono(client, "first")
              .flatMap(answer -> clients.mono(client, id).contextCapture())
              .block();
      case "elastic-block" ->
          Mono.defer(() -> clients.mono(client, id))
              .subscribeOn(Schedulers.boundedElastic())
              .block();
      case "retry-mono" -> clients.mono(client, "500-" + id).retry(3);
      case "retry-unavailable" -> clients.mono(client, "503-" + id).retry(3);
      case "retry-block" -> clients.mono(client, "500-" + id).retry(3).block();
      case "backoff-block" ->
          clients
              .mono(client, "500-" + id)
              .retryWhen(Retry.backoff(3, Duration.ofMillis(1)))
              .block();
      default -> throw new IllegalArgumentException(way);
    };
  }

  /** Returns a publisher, as a declared type. */
  @GetMapping("/mono-declared/{client}")
  Mono<String> declared(@PathVariable("client") String client, @RequestParam("id") String id) {
    return clients.mono(client, id);
  }
}
