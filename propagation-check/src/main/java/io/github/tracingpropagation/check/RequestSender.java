// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.check;

import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** Sends requests to the service, and adds an event when each has ended. */
final class RequestSender implements AutoCloseable {
  /** Stands in a URI for the number of the request. */
  static final String NUMBER = "{n}";

  private final RawClient client;
  private final String uri;
  private final Events events;
  private final ExecutorService threads = Executors.newCachedThreadPool(RequestSender::daemon);
  private volatile String lastResponse = "none";

  RequestSender(RawClient client, String uri, Events events) {
    this.client = client;
    this.uri = uri;
    this.events = events;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "propagation-check-request");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns whether the number of a request is in its URI. */
  boolean areNumbered() {
    return uri.contains(NUMBER);
  }

  /** Sends a request on a thread of its own. */
  void send(SentRequest request, boolean sharedConnection) {
    int number = request.number();
    try {
      threads.execute(
          () -> events.ended(number, statusOf(number, request.probe(), sharedConnection)));
    } catch (RejectedExecutionException e) {
      throw new IllegalStateException("the check was closed", e);
    }
  }

  private int statusOf(int number, Probe probe, boolean sharedConnection) {
    try {
      ServiceUri target = ServiceUri.of(uri.replace(NUMBER, Integer.toString(number)));
      int status = client.send(target, probe.in(), sharedConnection);
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

  @Override
  public void close() {
    threads.shutdownNow();
    client.close();
  }
}
