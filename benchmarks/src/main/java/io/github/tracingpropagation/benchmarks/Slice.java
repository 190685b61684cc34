// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * What became of a stretch of load: each connection sends a request, and its next one once it has
 * the answer, until the time is over.
 *
 * @param latencies in nanoseconds, of each request that was answered as it should be
 * @param seconds that it took
 * @param failures at most one a connection, which it ends
 */
record Slice(Histogram latencies, double seconds, List<IOException> failures) {

  static Slice run(int port, int connections, Duration duration) throws IOException {
    byte[] request = Headers.request(Ratings.PATH, Arrival.TYPICAL.headers());
    Histogram latencies = new Histogram(3);
    List<IOException> failures = new ArrayList<>();
    List<KeptAlive> open = new ArrayList<>();
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      for (int i = 0; i < connections; i++) {
        open.add(new KeptAlive(port, request));
      }
      long start = System.nanoTime();
      List<Callable<Slice>> workers =
          open.stream()
              .<Callable<Slice>>map(connection -> () -> run(connection, start, duration))
              .toList();
      for (Future<Slice> worker : threads.invokeAll(workers)) {
        latencies.add(worker.get().latencies);
        failures.addAll(worker.get().failures);
      }
      return new Slice(latencies, seconds(start), failures);
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    } finally {
      threads.shutdownNow();
      for (KeptAlive connection : open) {
        connection.close();
      }
    }
  }

  private static Slice run(KeptAlive connection, long start, Duration duration) {
    Histogram latencies = new Histogram(3);
    try {
      long now = System.nanoTime();
      do {
        long sent = now;
        String body = connection.get();
        now = System.nanoTime();
        if (!body.equals(Ratings.BODY)) {
          throw new IOException("the response is: " + body);
        }
        latencies.recordValue(now - sent);
      } while (now - start < duration.toNanos());
      return new Slice(latencies, seconds(start), List.of());
    } catch (IOException e) {
      return new Slice(latencies, seconds(start), List.of(e));
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  /**
   * Looks for failures.
   *
   * @throws IOException if there are any, with the first
   */
  void check() throws IOException {
    if (!failures.isEmpty()) {
      throw new IOException(
          "%d requests failed, after %d that did not; the first: %s"
              .formatted(failures.size(), requests(), failures.get(0)));
    }
  }

  long requests() {
    return latencies.getTotalCount();
  }

  double requestsPerSecond() {
    return requests() / seconds;
  }

  /** Returns the latency that so many percent of the requests did not exceed. */
  double micros(double percentile) {
    return latencies.getValueAtPercentile(percentile) / 1e3;
  }
}
