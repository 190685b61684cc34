// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo.story;

import io.github.tracingpropagation.demo.service.Poll;
import io.github.tracingpropagation.demo.service.ServedRequest;
import io.github.tracingpropagation.demo.zipkin.Trace;
import io.github.tracingpropagation.demo.zipkin.TraceBackend;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The result of one step: what the services received, and the traces that the backend has of it.
 *
 * @param continued number of requests whose trace is the same in reviews and in ratings
 * @param whole number of traces in which every service has a span, under one root
 * @param hops of the last request
 */
record Step(int requests, int continued, List<Trace> traces, int whole, Hops hops) {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final ServedRequest NONE = new ServedRequest("-", "-", 0, Map.of());

  /**
   * Sends the requests, then waits until both services have reported them and the backend has all
   * spans, at most 20 s.
   *
   * @param backend null if the mesh does not report to it
   */
  static Step play(
      Mesh mesh,
      @Nullable TraceBackend backend,
      int requests,
      Map<String, String> headers,
      Terminal terminal)
      throws IOException, InterruptedException {
    RequestSender sender = RequestSender.to(mesh::reviews, headers);
    sender.send(requests - 1, done -> terminal.progress("requests", done, requests));
    Hops hops = sendAndObserve(sender, mesh, requests - 1);
    terminal.progress("requests", requests, requests);

    List<Trace> traces =
        Poll.until(
            found -> !isIncomplete(found, mesh, requests, backend),
            TIMEOUT,
            () -> {
              List<Trace> found = traces(mesh, backend, requests);
              terminal.progress("spans", spans(found), mesh.expectedSpans());
              return found;
            });
    terminal.progress("spans", 1, 1);
    long whole = traces.stream().filter(trace -> trace.isWhole(mesh.services())).count();
    return new Step(requests, mesh.continued(), traces, (int) whole, hops);
  }

  /** Returns whether the backend has these numbers of traces and of whole traces. */
  boolean hasCounts(int expectedTraces, int expectedWhole) {
    return traces.size() == expectedTraces && whole == expectedWhole;
  }

  /** Returns the counts for the result. */
  StoryResult.Traces counts() {
    return new StoryResult.Traces(requests, traces.size(), whole);
  }

  /** Returns the counts as text. */
  String summary() {
    return "%d requests made %d %s, %d of them whole"
        .formatted(requests, traces.size(), traces.size() == 1 ? "trace" : "traces", whole);
  }

  /** Returns the id of the trace of the last request. */
  String lastTrace() {
    return hops.intoReviews().header("x-b3-traceid", "-");
  }

  private static Hops sendAndObserve(RequestSender sender, Mesh mesh, int productId)
      throws IOException, InterruptedException {
    CompletableFuture<ServedRequest> intoReviews = mesh.intoReviews().next(productId);
    CompletableFuture<ServedRequest> outOfReviews = mesh.outOfReviews().next(productId);
    CompletableFuture<ServedRequest> intoRatings = mesh.intoRatings().next(productId);
    if (!mesh.callsRatings()) {
      outOfReviews.complete(NONE);
      intoRatings.complete(NONE);
    }
    sender.send(productId);
    try {
      long seconds = TIMEOUT.toSeconds();
      return new Hops(
          intoReviews.get(seconds, TimeUnit.SECONDS),
          outOfReviews.get(seconds, TimeUnit.SECONDS),
          intoRatings.get(seconds, TimeUnit.SECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IOException("the request was not seen at every hop", e);
    }
  }

  private static List<Trace> traces(Mesh mesh, @Nullable TraceBackend backend, int requests)
      throws IOException, InterruptedException {
    int limit = 2 * requests + 1; // one more than expected at most
    return backend == null ? List.of() : backend.traces(mesh.id(), Mesh.REVIEWS, limit);
  }

  /** Returns whether a service has not yet reported a request, or the backend has not all spans. */
  private static boolean isIncomplete(
      List<Trace> traces, Mesh mesh, int requests, @Nullable TraceBackend backend) {
    return mesh.intoReviews().all() < requests
        || (mesh.callsRatings() && mesh.intoRatings().all() < requests)
        || (backend != null && spans(traces) < mesh.expectedSpans());
  }

  private static long spans(List<Trace> traces) {
    return traces.stream().mapToLong(trace -> trace.spans().size()).sum();
  }
}
