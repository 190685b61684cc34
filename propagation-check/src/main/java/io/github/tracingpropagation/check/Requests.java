// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** Sends requests to the service, each with a number. Threads may share it. */
final class Requests implements AutoCloseable {
  /** Stands in a URI for the number of the request. */
  static final String NUMBER = "{n}";

  private final Settings settings;
  private final SentValues sent;
  private final String uri;
  private final ExecutorService threads = Executors.newCachedThreadPool(Requests::daemon);
  private final AtomicInteger numbers = new AtomicInteger(Call.FIRST_NUMBER);
  private volatile String lastResponse = "none";

  Requests(Settings settings, SentValues sent, String uri) {
    this.settings = settings;
    this.sent = sent;
    this.uri = uri;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "propagation-check-request");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns a number for a request, after which its values are known. */
  int number(Probe probe) {
    int number = numbers.getAndIncrement();
    sent.add(number, probe);
    return number;
  }

  /** Returns whether the number of a request is in its URI. */
  boolean areNumbered() {
    return uri.contains(NUMBER);
  }

  /** Sends a request on a thread of its own; its result is the status, or 0. */
  Future<Integer> send(int number, Probe probe) {
    return threads.submit(() -> statusOf(number, probe));
  }

  /** Sends a request on a thread of its own, and hands over the status, or 0. */
  void send(int number, Probe probe, IntConsumer status) {
    threads.execute(() -> status.accept(statusOf(number, probe)));
  }

  private int statusOf(int number, Probe probe) {
    URI target = URI.create(uri.replace(NUMBER, Integer.toString(number)));
    try {
      int status = RawRequest.send(target, probe.in(), settings.timeout());
      lastResponse = "status " + status;
      return status;
    } catch (IOException | RuntimeException e) {
      lastResponse = "none (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
      return 0;
    }
  }

  /** Returns the last response for a message: its status, or why none came. */
  String lastResponse() {
    return lastResponse;
  }

  static int status(Future<Integer> response) throws InterruptedException {
    try {
      return response.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
