// SPDX-FileCopyrightText: The tracing-propagation authors
// SPDX-License-Identifier: Apache-2.0
package io.github.tracingpropagation.hosts.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Concurrent requests, a fifth of them without headers. */
final class Load {
  private static final AtomicLong NUMBERS = new AtomicLong();
  private final URI base;
  private final Downstream downstream;
  private final HttpClient client;

  /** The calls that carried other headers than their request, each with its path. */
  private final Queue<String> others = new ConcurrentLinkedQueue<>();

  Load(URI base, Downstream downstream) {
    this(base, downstream, HttpClient.Version.HTTP_1_1);
  }

  Load(URI base, Downstream downstream, HttpClient.Version version) {
    client = HttpClient.newBuilder().version(version).build();
    this.base = base;
    this.downstream = downstream;
  }

  /** What the calls of the requests carried. */
  record Result(int own, int foreign, int lost, int calls, List<String> others) {
    void assertOwn() {
      assertThat(foreign).as("calls with the headers of another request, of %s", this).isZero();
      assertThat(lost).as("calls without headers, of %s", this).isZero();
      assertThat(own).isPositive();
    }
  }

  /** Sends requests to paths in turn. */
  Result run(int requests, int concurrency, String... paths) throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(concurrency);
    try {
      List<Future<int[]>> sent = new ArrayList<>();
      for (int i = 0; i < requests; i++) {
        String path = paths[i % paths.length];
        long number = NUMBERS.incrementAndGet();
        sent.add(senders.submit(() -> count(path, number)));
      }
      int[] sum = new int[4];
      for (Future<int[]> one : sent) {
        int[] counts = one.get(60, TimeUnit.SECONDS);
        for (int i = 0; i < sum.length; i++) {
          sum[i] += counts[i];
        }
      }
      return new Result(sum[0], sum[1], sum[2], sum[3], List.copyOf(others));
    } finally {
      senders.shutdownNow();
    }
  }

  /** Sends a request with headers, and returns the ids of its calls, which may come later. */
  List<String> call(String path) throws Exception {
    String number = "" + NUMBERS.incrementAndGet();
    assertThat(send(path, number, "r" + number).statusCode()).isLessThan(400);
    return downstream.await(number);
  }

  HttpResponse<String> send(String path, String number, String id) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path + "?n=" + number));
    if (!id.equals(Downstream.NONE)) {
      request.header("x-request-id", id);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private int[] count(String path, long number) throws Exception {
    String expected = number % 5 == 0 ? Downstream.NONE : "r" + number;
    HttpResponse<String> response = send(path, "" + number, expected);
    assertThat(response.statusCode()).as("%s: %s", path, response.body()).isLessThan(300);
    List<String> ids = downstream.calls("" + number);
    assertThat(ids).as(path).isNotEmpty();
    int[] counts = new int[4];
    for (String id : ids) {
      if (!id.equals(expected)) {
        others.add(path + ": " + id + " in place of " + expected);
      }
      counts[id.equals(expected) ? 0 : id.equals(Downstream.NONE) ? 2 : 1]++;
      counts[3]++;
    }
    return counts;
  }
}
