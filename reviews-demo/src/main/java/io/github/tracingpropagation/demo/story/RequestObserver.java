// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.envoy.Tracer;
import io.github.tracingpropagation.demo.service.ServedRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Returns an expected request to the story, and passes all requests to a log once that is started.
 * Threads may share it.
 */
final class RequestObserver implements Consumer<ServedRequest> {
  private final Tracer tracer;
  private final Consumer<ServedRequest> log;
  private final Map<String, String> traceIds = new ConcurrentHashMap<>();
  private final LongAdder sampled = new LongAdder();
  private final LongAdder all = new LongAdder();
  private volatile boolean logging;
  private volatile @Nullable Expected expected;

  private record Expected(String pathEnd, CompletableFuture<ServedRequest> request) {}

  RequestObserver(Tracer tracer, Consumer<ServedRequest> log) {
    this.tracer = tracer;
    this.log = log;
  }

  @Override
  public void accept(ServedRequest request) {
    if (request.header("x-b3-sampled", "0").equals("1")) {
      sampled.increment();
    }
    String ids = TraceIds.of(request, tracer);
    if (ids != null) {
      traceIds.put(request.path().replaceFirst(".*/", ""), ids);
    }
    all.increment();
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

  /** Returns the number of requests so far. */
  long all() {
    return all.sum();
  }

  /** Returns the number of requests so far that the sender's sidecar sampled. */
  long sampled() {
    return sampled.sum();
  }

  /** Returns the {@link TraceIds} of the requests so far that had all of them, by product. */
  Map<String, String> traceIds() {
    return traceIds;
  }

  /** Passes every request to the log from now on. */
  void startLogging() {
    logging = true;
  }
}
