// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Shows one request of those that pass, and logs them once it is told to. Threads may share it. */
final class Tap implements Consumer<ServedRequest> {
  private final Consumer<ServedRequest> log;
  private volatile boolean logging;
  private volatile @Nullable Awaited awaited;

  private record Awaited(String pathEnd, CompletableFuture<ServedRequest> request) {}

  Tap(Consumer<ServedRequest> log) {
    this.log = log;
  }

  @Override
  public void accept(ServedRequest request) {
    Awaited wanted = awaited;
    if (wanted != null && request.path().endsWith(wanted.pathEnd())) {
      wanted.request().complete(request);
    }
    if (logging) {
      log.accept(request);
    }
  }

  /** Returns the next request for a product, when it has passed. */
  CompletableFuture<ServedRequest> next(int productId) {
    Awaited wanted = new Awaited("/" + productId, new CompletableFuture<>());
    awaited = wanted;
    return wanted.request();
  }

  void startLogging() {
    logging = true;
  }
}
