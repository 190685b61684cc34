// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.service.ServedRequest;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Returns an expected request to the story, and passes all requests to a log once that is started.
 * Threads may share it.
 */
final class RequestObserver implements Consumer<ServedRequest> {
  private final Consumer<ServedRequest> log;
  private volatile boolean logging;
  private volatile @Nullable Expected expected;

  private record Expected(String pathEnd, CompletableFuture<ServedRequest> request) {}

  RequestObserver(Consumer<ServedRequest> log) {
    this.log = log;
  }

  @Override
  public void accept(ServedRequest request) {
    Expected next = expected;
    if (next != null && request.path().endsWith(next.pathEnd())) {
      next.request().complete(request);
    }
    if (logging) {
      log.accept(request);
    }
  }

  /** Returns a future of the next request for this product; it replaces an earlier one. */
  CompletableFuture<ServedRequest> next(int productId) {
    Expected next = new Expected("/" + productId, new CompletableFuture<>());
    expected = next;
    return next.request();
  }

  /** Passes every request to the log from now on. */
  void startLogging() {
    logging = true;
  }
}
