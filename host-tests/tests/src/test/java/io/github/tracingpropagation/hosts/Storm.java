// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts;

import io.github.tracingpropagation.hosts.Downstream.Call;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A burst of a thousand concurrent requests, of which every fifth has no tracing headers. */
final class Storm {
  static final int REQUESTS = 1000;
  private static final int ONE_WITHOUT_IN = 5;
  private static final Duration DEADLINE = Duration.ofSeconds(45);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Downstream downstream;

  Storm(Downstream downstream) {
    this.downstream = downstream;
  }

  /**
   * The result of a burst.
   *
   * @param statuses number of responses by status; 0 for no response before the deadline
   * @param forwarded calls with the headers of the request that caused them
   * @param dropped calls without headers though the request had them
   * @param foreign calls with headers of another request
   * @param leaked calls with headers though the request had none
   */
  record Result(
      SortedMap<Integer, Integer> statuses, int forwarded, int dropped, int foreign, int leaked) {}

  /** Sends a thousand concurrent requests, every fifth of them without headers. */
  Result sendMixed(URI uri) throws Exception {
    return send(uri, REQUESTS, true);
  }

  /** Sends concurrent requests without headers. */
  Result sendWithoutHeaders(URI uri) throws Exception {
    return send(uri, REQUESTS / ONE_WITHOUT_IN, false);
  }

  private Result send(URI uri, int requests, boolean headers) throws Exception {
    downstream.take();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int n = 0; n < requests; n++) {
      String separator = uri.getQuery() == null ? "?" : "&";
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(uri + separator + "n=" + n)).timeout(DEADLINE);
      if (headers && hasHeaders(n)) {
        request.header("x-request-id", requestId(n));
        request.header("traceparent", "00-" + traceId(n) + "-00f067aa0ba902b7-01");
        request.header("x-b3-traceid", traceId(n)).header("x-b3-spanid", "00f067aa0ba902b7");
        request.header("x-b3-sampled", "1");
      }
      answers.add(
          client
              .sendAsync(request.build(), HttpResponse.BodyHandlers.discarding())
              .handle((response, fault) -> response == null ? 0 : response.statusCode()));
    }
    SortedMap<Integer, Integer> statuses = new TreeMap<>();
    long end = System.nanoTime() + DEADLINE.plusSeconds(5).toNanos();
    for (CompletableFuture<Integer> answer : answers) {
      int status;
      try {
        status = answer.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        status = 0;
      }
      statuses.merge(status, 1, Integer::sum);
    }
    return count(statuses, downstream.take(), headers);
  }

  private static Result count(
      SortedMap<Integer, Integer> statuses, Collection<Call> calls, boolean headers) {
    int forwarded = 0;
    int dropped = 0;
    int foreign = 0;
    int leaked = 0;
    for (Call call : calls) {
      boolean none = call.requestId() == null && call.traceId() == null;
      if (!headers || !hasHeaders(call.number())) {
        leaked += none ? 0 : 1;
      } else if (none) {
        dropped++;
      } else if (requestId(call.number()).equals(call.requestId())
          && traceId(call.number()).equals(call.traceId())) {
        forwarded++;
      } else {
        foreign++;
      }
    }
    return new Result(statuses, forwarded, dropped, foreign, leaked);
  }

  /** Returns the number of calls with headers if all are forwarded. */
  static int withHeaders() {
    return REQUESTS - REQUESTS / ONE_WITHOUT_IN;
  }

  private static boolean hasHeaders(int n) {
    return n % ONE_WITHOUT_IN != 0;
  }

  private static String requestId(int n) {
    return "request-" + n;
  }

  private static String traceId(int n) {
    return String.format("%032x", n + 1);
  }
}
