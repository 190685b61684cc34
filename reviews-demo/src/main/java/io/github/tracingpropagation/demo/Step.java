// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.demo;

import io.github.tracingpropagation.demo.mesh.Hops;
import io.github.tracingpropagation.demo.mesh.Mesh;
import io.github.tracingpropagation.demo.mesh.Poll;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The result of one step: what the services received, and the traces that a backend has of it.
 *
 * @param traces of which at most one more is queried than there should be
 */
record Step(int requests, List<Trace> traces, Hops hops) {
  private static final int THREADS = 8;
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration SPANS_TIMEOUT = Duration.ofSeconds(20);

  /**
   * Sends requests, the last one after all others, and waits until the backend has all spans.
   *
   * @throws IOException if a response is not as expected
   */
  static Step play(Mesh mesh, int requests, TraceBackend backend, Map<String, String> headers)
      throws IOException, InterruptedException {
    Hops hops = mesh.hops();
    send(mesh, requests, headers);
    List<Trace> traces =
        Poll.until(
            it -> it.stream().mapToInt(trace -> trace.spans().size()).sum() >= hops.spans(),
            SPANS_TIMEOUT,
            () -> backend.traces(mesh.id(), 2 * requests + 1));
    return new Step(requests, traces, hops);
  }

  /** Returns the number of traces in which every service has a span, under one root. */
  int whole() {
    return (int) traces.stream().filter(trace -> trace.isWhole(Mesh.SERVICES)).count();
  }

  boolean hasCounts(int expectedTraces, int expectedWhole) {
    return traces.size() == expectedTraces && whole() == expectedWhole;
  }

  String summary() {
    return "%d requests made %d %s, %d of them whole"
        .formatted(requests, traces.size(), traces.size() == 1 ? "trace" : "traces", whole());
  }

  private static void send(Mesh mesh, int requests, Map<String, String> headers)
      throws IOException, InterruptedException {
    // HTTP/2 would send upgrade headers, which do not belong into this comparison.
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    List<Callable<String>> calls = new ArrayList<>();
    for (int product = 0; product < requests; product++) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(mesh.reviews(product)).timeout(REQUEST_TIMEOUT);
      headers.forEach(request::setHeader);
      calls.add(() -> checked(client.send(request.build(), BodyHandlers.ofString())));
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      for (Future<String> call : threads.invokeAll(calls.subList(1, requests))) {
        call.get();
      }
      threads.submit(calls.get(0)).get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  /** Returns the body; throws if the status is not 200, or an error is in place of the stars. */
  private static String checked(HttpResponse<String> response) throws IOException {
    String body = response.body();
    if (response.statusCode() != 200 || body.contains("\"error\"")) {
      throw new IOException(response + ": " + Terminal.printable(body)); // with URI and status
    }
    return body;
  }
}
