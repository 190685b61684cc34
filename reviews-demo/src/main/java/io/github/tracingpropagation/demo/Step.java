// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.Poll;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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

  /**
   * Sends the requests, then waits until every hop has reported them and the backend has all spans,
   * at most 20 s.
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
    mesh.show(requests - 1);
    RequestSender.send(
        mesh::reviews, headers, requests, done -> terminal.progress("requests", done, requests));
    int limit = 2 * requests + 1; // one more than expected at most
    List<Trace> traces =
        Poll.until(
            found ->
                mesh.hasReported(requests)
                    && (backend == null || spans(found) >= mesh.expectedSpans()),
            TIMEOUT,
            () -> {
              List<Trace> found =
                  backend == null ? List.of() : backend.traces(mesh.id(), Mesh.REVIEWS, limit);
              terminal.progress("spans", spans(found), mesh.expectedSpans());
              return found;
            });
    terminal.progress("spans", 1, 1);
    long whole = traces.stream().filter(trace -> trace.isWhole(mesh.services())).count();
    return new Step(requests, mesh.continued(), traces, (int) whole, mesh.shown());
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

  private static long spans(List<Trace> traces) {
    return traces.stream().mapToLong(trace -> trace.spans().size()).sum();
  }
}
