// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests that went through a mesh, and what Zipkin has of them.
 *
 * @param hops of the last request
 */
record Step(int requests, List<Trace> traces, Hops hops) {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofMillis(50);
  private static final ServedRequest NONE = new ServedRequest("-", "-", 0, Map.of());

  /** Sends the requests, and waits until Zipkin has all spans, or it seems that it never will. */
  static Step play(
      Mesh mesh, Zipkin zipkin, int requests, Map<String, String> headers, Screen screen)
      throws IOException, InterruptedException {
    Load load = Load.to(mesh::reviews, headers);
    load.send(requests - 1, done -> screen.progress("requests", done, requests));
    Hops hops = sendAndWatch(load, mesh, requests - 1);
    screen.progress("requests", requests, requests);

    int limit = 2 * requests + 1; // one more than there may be
    List<Trace> traces = zipkin.traces(mesh.id(), limit);
    for (long deadline = System.nanoTime() + PATIENCE.toNanos();
        spans(traces) < mesh.spans().started() && System.nanoTime() < deadline;
        traces = zipkin.traces(mesh.id(), limit)) {
      Thread.sleep(PAUSE.toMillis());
    }
    return new Step(requests, traces, hops);
  }

  /** Returns how many of the traces have a part of every service. */
  int whole(Collection<String> services) {
    return (int) traces.stream().filter(trace -> trace.isWhole(services)).count();
  }

  /** Returns the id of the trace of the last request. */
  String lastTrace() {
    return hops.intoReviews().header("x-b3-traceid", "-");
  }

  private static Hops sendAndWatch(Load load, Mesh mesh, int productId)
      throws IOException, InterruptedException {
    CompletableFuture<ServedRequest> intoReviews = mesh.intoReviews().next(productId);
    CompletableFuture<ServedRequest> outOfReviews = mesh.outOfReviews().next(productId);
    CompletableFuture<ServedRequest> intoRatings = mesh.intoRatings().next(productId);
    if (!mesh.callsRatings()) {
      outOfReviews.complete(NONE);
      intoRatings.complete(NONE);
    }
    load.send(productId);
    try {
      long patience = PATIENCE.toSeconds();
      return new Hops(
          intoReviews.get(patience, TimeUnit.SECONDS),
          outOfReviews.get(patience, TimeUnit.SECONDS),
          intoRatings.get(patience, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the request was not seen at every hop", e);
    }
  }

  private static long spans(List<Trace> traces) {
    return traces.stream().mapToLong(trace -> trace.spans().size()).sum();
  }
}
