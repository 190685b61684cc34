// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.starter.mvc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.TaskScheduler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Occupies each thread of a pool, and schedules periodic calls in a request. */
@RestController
class PoolsController {
  private final Map<String, CountDownLatch> rounds = new ConcurrentHashMap<>();
  private final Map<String, ScheduledFuture<?>> periodic = new ConcurrentHashMap<>();
  private final Clients clients;
  private final AsyncTaskExecutor executor;
  private final TaskScheduler scheduler;

  PoolsController(
      Clients clients,
      @Qualifier("applicationTaskExecutor") AsyncTaskExecutor executor,
      TaskScheduler scheduler) {
    this.clients = clients;
    this.executor = executor;
    this.scheduler = scheduler;
  }

  /** Calls on this thread as soon as so many threads of the same round are here. */
  @GetMapping("/together/{client}")
  String together(
      @PathVariable("client") String client,
      @RequestParam("id") String id,
      @RequestParam("round") String round,
      @RequestParam("of") int of)
      throws InterruptedException {
    CountDownLatch latch = rounds.computeIfAbsent(round, key -> new CountDownLatch(of));
    latch.countDown();
    if (!latch.await(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("fewer threads than " + of);
    }
    return clients.call(client, id);
  }

  @GetMapping("/together-async/{client}")
  CompletableFuture<String> togetherAsync(
      @PathVariable("client") String client,
      @RequestParam("id") String id,
      @RequestParam("round") String round,
      @RequestParam("of") int of) {
    return executor.submitCompletable(() -> together(client, id, round, of));
  }

  @GetMapping("/periodic/{client}")
  void periodic(@PathVariable("client") String client, @RequestParam("id") String id) {
    periodic.put(
        id, scheduler.scheduleAtFixedRate(() -> clients.call(client, id), Duration.ofMillis(20)));
  }

  @GetMapping("/periodic-stop/{client}")
  void stop(@PathVariable("client") String client, @RequestParam("id") String id) {
    periodic.remove(id).cancel(false);
  }
}
